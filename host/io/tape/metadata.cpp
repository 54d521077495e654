#include "io/tape/metadata.hpp"

#include <nlohmann/json.hpp>

#include "base/limits.hpp"

namespace grekko::tape {
namespace {

using Json = nlohmann::ordered_json;

// One list of fields a struct serves both directions.
class Writer {
public:
    template <class Id>
    void id(const char* key, const Id& value) {
        json[key] = value.value();
    }
    template <class Number>
    void number(const char* key, const Number& value) {
        json[key] = value;
    }
    template <class Enum>
    void enumeration(const char* key, const Enum& value, int, int) {
        json[key] = static_cast<int>(value);
    }
    template <class Text>
    void text(const char* key, const Text& value) {
        json[key] = value.string();
    }
    template <class Amount>
    void amount(const char* key, const Amount& value) {
        json[key] = value.to_string();
    }
    void duration(const char* key, const Duration& value) { json[key] = to_string(value); }

    Json json = Json::object();
};

// A key that is missing keeps its default; a wrong type throws and is caught where parsing began.
class Reader {
public:
    explicit Reader(const Json& from) : json{from} {}

    template <class Id>
    void id(const char* key, Id& value) {
        const auto number = json.at(key).get<std::uint64_t>();
        good = good && number > 0 && number <= limits::instruments_max;
        value = Id{static_cast<typename Id::value_type>(number)};
    }
    template <class Number>
    void number(const char* key, Number& value) {
        if (json.contains(key)) value = json.at(key).get<Number>();
    }
    template <class Enum>
    void enumeration(const char* key, Enum& value, int least, int most) {
        if (!json.contains(key)) return;
        const int number = json.at(key).get<int>();
        good = good && number >= least && number <= most;
        value = static_cast<Enum>(number);
    }
    template <class Text>
    void text(const char* key, Text& value) {
        const auto read = json.at(key).get<std::string>();
        good = good && read.size() <= Text::capacity();
        value = Text{read};
    }
    template <class Amount>
    void amount(const char* key, Amount& value) {
        if (!json.contains(key)) return;
        const auto parsed = Amount::parse(json.at(key).get<std::string>());
        good = good && parsed.has_value();
        if (parsed) value = *parsed;
    }
    void duration(const char* key, Duration& value) {
        if (!json.contains(key)) return;
        const auto parsed = parse_duration(json.at(key).get<std::string>());
        good = good && parsed.has_value();
        if (parsed) value = *parsed;
    }

    const Json& json;
    bool good{true};
};

template <class Walker, class T>
void walk_instrument(Walker& walker, T& instrument) {
    walker.id("id", instrument.id);
    walker.text("symbol", instrument.symbol);
    walker.text("base", instrument.base);
    walker.text("quote", instrument.quote);
    walker.enumeration("kind", instrument.kind, 1, 2);
    walker.number("major", instrument.major);
    walker.amount("contract_size", instrument.contract_size);
    walker.amount("default_stop", instrument.default_stop);
    walker.duration("finest_bar", instrument.finest_bar);
}

template <class Walker, class T>
void walk_venue(Walker& walker, T& venue) {
    walker.id("id", venue.id);
    walker.text("name", venue.name);
    walker.text("account", venue.account);
    walker.number("simulated", venue.simulated);
    walker.number("rate_per_second", venue.rate_per_second);
    walker.duration("latency", venue.latency);
}

template <class Walker, class T>
void walk_listing(Walker& walker, T& listing) {
    walker.id("instrument", listing.instrument);
    walker.id("venue", listing.venue);
    walker.enumeration("status", listing.status, 1, 6);
    walker.number("replace_is_atomic", listing.replace_is_atomic);
    walker.number("has_stop_orders", listing.has_stop_orders);
    walker.number("has_oco", listing.has_oco);
    walker.number("has_iceberg", listing.has_iceberg);
    walker.number("fee_in_received_asset", listing.fee_in_received_asset);
    walker.amount("tick", listing.tick);
    walker.amount("lot", listing.lot);
    walker.amount("quantity_min", listing.quantity_min);
    walker.amount("quantity_max", listing.quantity_max);
    walker.amount("market_lot", listing.market_lot);
    walker.amount("notional_min", listing.notional_min);
    walker.amount("price_min", listing.price_min);
    walker.amount("price_max", listing.price_max);
    walker.amount("band_down", listing.band_down);
    walker.amount("band_up", listing.band_up);
    walker.amount("maker_fee", listing.maker_fee);
    walker.amount("taker_fee", listing.taker_fee);
    walker.number("open_orders_max", listing.open_orders_max);
}

Error wrong(const std::string& what) {
    return make_error(ErrorCode::invalid_input,
                      "the metadata of the tape: " + what + "; record or import it again");
}

template <class T, class Walk>
Result<std::vector<T>> read_list(const Json& json, const char* key, Walk&& walk) {
    std::vector<T> values;
    for (const Json& item : json.at(key)) {
        Reader reader{item};
        walk(reader, values.emplace_back());
        if (!reader.good) return wrong(std::string{key} + " has a value out of range");
    }
    return values;
}

template <class T>
bool dense(const std::vector<T>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].id.value() != i + 1) return false;
    }
    return true;
}

bool sorted_and_known(const Universe& universe) {
    for (std::size_t i = 0; i < universe.listings.size(); ++i) {
        const Listing& listing = universe.listings[i];
        if (listing.instrument.value() >= universe.instruments.size()) return false;
        if (listing.venue.value() >= universe.venues.size()) return false;
        if (i == 0) continue;
        const Listing& before = universe.listings[i - 1];
        if (std::pair{before.instrument, before.venue} >=
            std::pair{listing.instrument, listing.venue}) {
            return false;
        }
    }
    return true;
}

Result<Metadata> read(const Json& json) {
    Metadata metadata;
    metadata.source = json.at("source").get<std::string>();
    metadata.created = json.at("created").get<std::string>();
    metadata.synthetic = json.at("synthetic").get<bool>();
    Universe& universe = metadata.universe;
    universe.base_currency = Currency{json.at("base_currency").get<std::string>()};
    TRY(instruments, read_list<Instrument>(json, "instruments", [](auto& walker, auto& value) {
            walk_instrument(walker, value);
        }));
    TRY(venues, read_list<VenueSpec>(json, "venues",
                                     [](auto& walker, auto& value) { walk_venue(walker, value); }));
    TRY(listings, read_list<Listing>(json, "listings", [](auto& walker, auto& value) {
            walk_listing(walker, value);
        }));
    if (!dense(instruments) || !dense(venues)) return wrong("ids do not count from 1");
    universe.instruments.emplace_back(); // slot 0 is unused
    universe.instruments.insert(universe.instruments.end(), instruments.begin(), instruments.end());
    universe.venues.emplace_back();
    universe.venues.insert(universe.venues.end(), venues.begin(), venues.end());
    universe.listings = std::move(listings);
    if (!sorted_and_known(universe)) return wrong("listings are not sorted or name unknown ids");
    return metadata;
}

template <class T, class Walk>
Json write_list(const std::vector<T>& values, std::size_t skipped, Walk&& walk) {
    Json list = Json::array();
    for (std::size_t i = skipped; i < values.size(); ++i) {
        Writer writer;
        walk(writer, values[i]);
        list.push_back(std::move(writer.json));
    }
    return list;
}

} // namespace

std::string to_json(const Metadata& metadata) {
    const Universe& universe = metadata.universe;
    Json json;
    json["source"] = metadata.source;
    json["created"] = metadata.created;
    json["synthetic"] = metadata.synthetic;
    json["base_currency"] = universe.base_currency.string();
    json["instruments"] = write_list(
        universe.instruments, 1, [](auto& walker, auto& value) { walk_instrument(walker, value); });
    json["venues"] = write_list(universe.venues, 1,
                                [](auto& walker, auto& value) { walk_venue(walker, value); });
    json["listings"] = write_list(universe.listings, 0,
                                  [](auto& walker, auto& value) { walk_listing(walker, value); });
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Metadata> parse_metadata(std::string_view text) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& failure) {
        return wrong(failure.what());
    }
}

} // namespace grekko::tape
