#include "app/request_fields.hpp"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* fields[]{"symbol", "agent", "venue", "scope", "name", "value"};

bool among(const char* list, std::string_view field) {
    return (" " + std::string{list} + " ").find(" " + std::string{field} + " ") !=
           std::string::npos;
}

// A field that is misspelt or of another type is an error: a flatten whose symbol is not understood
// must not flatten everything.
Result<void> check_form(const Json& object) {
    std::vector<std::string> known{"command", "principal", "reason"};
    known.insert(known.end(), std::begin(fields), std::end(fields));
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return make_error(ErrorCode::invalid_argument, "a request has no field \"" + key +
                                                               "\"" +
                                                               config::did_you_mean(key, known));
        }
        if (!value.is_string()) {
            return make_error(ErrorCode::invalid_argument,
                              "the field \"" + key + "\" must be a text");
        }
    }
    return {};
}

// "; BTC-USD, ETH-USD are" or "; BTC-USD is", of all that have an id.
template <class Thing, class Name>
std::string known_names(const std::vector<Thing>& all, Name name) {
    std::string out;
    int count = 0;
    for (const Thing& each : all)
        if (!each.id.is_none()) out += (count++ == 0 ? "; " : ", ") + name(each);
    return count == 0 ? out : out + (count == 1 ? " is" : " are");
}

Error unknown(const std::string& what, const char* why, const std::string& known) {
    return make_error(ErrorCode::invalid_argument, "\"" + what + "\" is " + why + known);
}

} // namespace

Result<Json> read_object(const std::string& line) {
    Json object = Json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object()) {
        return make_error(ErrorCode::invalid_argument,
                          "a request is one JSON object a line, such as {\"command\":\"status\"}");
    }
    TRY(check_form(object));
    return Result<Json>{boost::system::in_place_value, std::move(object)};
}

std::string text_of(const Json& object, const char* key) {
    return object.value(key, std::string{});
}

Result<void> check_fields(const Json& object, const FieldsOf& of) {
    for (const char* field : fields) {
        const bool given = object.contains(field) && !object[field].get<std::string>().empty();
        if (object.contains(field) && !among(of.takes, field)) {
            return make_error(ErrorCode::invalid_argument,
                              "the command \"" + std::string{of.command} + "\" takes no field \"" +
                                  field + "\"");
        }
        if (among(of.needs, field) && !given) {
            return make_error(ErrorCode::invalid_argument,
                              "the command \"" + std::string{of.command} + "\" needs the field \"" +
                                  field + "\"");
        }
    }
    return {};
}

Result<void> read_place(const Json& object, const Universe& universe, Command& command) {
    if (object.contains("symbol")) {
        const std::string symbol = text_of(object, "symbol");
        const Instrument* found = universe.find(symbol);
        if (found == nullptr) {
            return unknown(symbol, "not traded here",
                           known_names(universe.instruments,
                                       [](const Instrument& i) { return i.symbol.string(); }));
        }
        command.instrument = found->id;
    }
    if (object.contains("venue")) {
        const std::string venue = text_of(object, "venue");
        for (const VenueSpec& each : universe.venues)
            if (!each.id.is_none() && each.name == venue) command.venue = each.id;
        if (command.venue.is_none()) {
            return unknown(
                venue, "no venue of this book",
                known_names(universe.venues, [](const VenueSpec& v) { return v.name.string(); }));
        }
    }
    return {};
}

Result<events::BreakerScope> breaker_scope(const Json& object) {
    using events::BreakerScope;
    const bool agent = object.contains("agent"), symbol = object.contains("symbol");
    const bool venue = object.contains("venue"), global = object.contains("scope");
    if (global && text_of(object, "scope") != "global") {
        return make_error(ErrorCode::invalid_argument,
                          "the scope \"" + text_of(object, "scope") +
                              "\" is not known here; global is, others follow from what is named");
    }
    const int named = (venue ? 1 : 0) + (global ? 1 : 0) + (agent || symbol ? 1 : 0);
    if (named != 1) {
        return make_error(ErrorCode::invalid_argument,
                          "name one breaker: of a venue, an instrument, an agent, an agent on an "
                          "instrument, or the global one");
    }
    if (global) return BreakerScope::global;
    if (venue) return BreakerScope::venue;
    if (agent && symbol) return BreakerScope::agent_instrument;
    return agent ? BreakerScope::agent : BreakerScope::instrument;
}

} // namespace grekko::app
