#include "app/status_limits.hpp"

#include <nlohmann/json.hpp>

#include "app/settings/limits.hpp"
#include "core/risk/check.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

Json row_of(const StatusView& view, const risk::Limit& limit) {
    const auto text = [&](const risk::Settings& settings) {
        return limit_text(limit, risk::value_of(settings, limit));
    };
    Json row{{"name", limit.name},
             {"value", text(view.engine.settings().risk)},
             {"configured", text(view.engine.configured_limits())}};
    const risk::ChangedLimits& changed = view.engine.state().risk.limits;
    const auto found = changed.find(risk::LimitName{limit.name});
    if (found == changed.end()) return row;
    row["since"] = to_string(found->second.since);
    row["principal"] = found->second.principal.string();
    row["reason"] = found->second.reason.string();
    return row;
}

} // namespace

Json changed_limits(const StatusView& view) {
    Json rows = Json::array();
    for (const risk::Limit& limit : risk::limits()) {
        Json row = row_of(view, limit);
        if (row.contains("since")) rows.push_back(std::move(row));
    }
    return rows;
}

std::string limits_json(const StatusView& view) {
    Json object{{"ok", true}, {"limits", Json::array()}, {"disabled", Json::array()}};
    for (const risk::Limit& limit : risk::limits()) {
        Json row = row_of(view, limit);
        row["unit"] = key_of(limit).unit;
        row["doc"] = key_of(limit).doc;
        object["limits"].push_back(std::move(row));
    }
    for (unsigned number = 1; number <= risk::check_count; ++number) {
        const auto check = static_cast<risk::Check>(number);
        if (!view.engine.settings().risk.on(check)) object["disabled"].push_back(risk::name(check));
    }
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> limit_lines(const Json& changed) {
    std::vector<std::string> out;
    for (const Json& row : changed) {
        const auto word = [&](const char* key) { return row.value(key, std::string{}); };
        out.push_back(word("name") + " " + word("value") + ", configured " + word("configured") +
                      "; by " + word("principal") + " since " + word("since").substr(11, 8) + ": " +
                      word("reason"));
    }
    return out;
}

std::string limit_answer(const risk::Limit& limit, Decimal before, const engine::Engine& engine) {
    const Decimal now = risk::value_of(engine.settings().risk, limit);
    const Decimal configured = risk::value_of(engine.configured_limits(), limit);
    return "; " + std::string{limit.name} + " was " + limit_text(limit, before) + ", is " +
           limit_text(limit, now) +
           (now == configured ? " as configured" : " until it is set again");
}

} // namespace grekko::app
