// The schema as JSON Schema (draft 2020-12), so that an editor completes and checks the file.
#include <nlohmann/json.hpp>

#include "io/config/value.hpp"

namespace grekko::config {
namespace {

using Json = nlohmann::ordered_json;

Json type_of(const Key& key) {
    switch (key.type) {
    case Type::whole: return {{"type", "integer"}};
    case Type::flag: return {{"type", "boolean"}};
    case Type::amount: return {{"type", Json::array({"number", "string"})}};
    case Type::share:
        return {{"type", Json::array({"number", "string"})},
                {"pattern", R"(^\s*[-+]?[0-9.]+\s*(%|bp)?\s*$)"}};
    case Type::duration: return {{"type", "string"}, {"pattern", "^[0-9]+(ns|us|ms|s|m|h|d)$"}};
    case Type::secret: return {{"type", "string"}, {"pattern", "^(env:|file:).+$"}};
    case Type::list: return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case Type::parameter: return {{"type", Json::array({"number", "string", "boolean"})}};
    case Type::text:
    case Type::choice:
    case Type::date: break;
    }
    return {{"type", "string"}};
}

// The default as it would stand in the file, so that an editor that completes it is right.
Json written_default(const Key& key) {
    switch (key.type) {
    case Type::whole: return Json::parse(key.fallback);
    case Type::flag: return key.fallback == "true";
    case Type::list: {
        const Result<Value> value = check(key, key.path, {Raw::Kind::untyped, key.fallback, {}});
        return value ? Json(value->items) : Json::array();
    }
    default: return key.fallback;
    }
}

Json describe(const Key& key) {
    Json out = type_of(key);
    if (!key.choices.empty()) out["enum"] = key.choices;
    std::string text = key.doc;
    if (key.choices.empty()) {
        if (const std::string range = range_text(key); !range.empty()) text += " Range: " + range;
    }
    out["description"] = text;
    if (!key.fallback.empty()) out["default"] = written_default(key);
    if (key.type == Type::whole) {
        if (!key.min.empty()) out["minimum"] = Json::parse(key.min);
        if (!key.max.empty()) out["maximum"] = Json::parse(key.max);
    }
    return out;
}

// Where a path's parts lead below `node`; tables that repeat are arrays of objects.
void place(Json& node, std::string_view path, const Key& key) {
    const std::size_t dot = path.find('.');
    std::string part{path.substr(0, dot)};
    if (part == "*") {
        node["additionalProperties"] = describe(key);
        return;
    }
    node["type"] = "object";
    if (!node.contains("additionalProperties")) node["additionalProperties"] = false;
    const bool repeats = part.ends_with("[]");
    if (repeats) part.resize(part.size() - 2);
    Json& child = node["properties"][part];
    if (dot == std::string_view::npos) {
        child = describe(key);
        return;
    }
    if (repeats) child["type"] = "array";
    place(repeats ? child["items"] : child, path.substr(dot + 1), key);
}

} // namespace

std::string json_schema(const Schema& schema) {
    Json root;
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    root["title"] = "Grekko configuration";
    for (const Key& key : schema.keys())
        place(root, key.path, key);
    for (const Table& table : schema.tables()) {
        if (table.names.empty()) continue; // its rows are numbered
        root["properties"][table.path]["items"]["required"] = table.names;
    }
    return root.dump(2) + "\n";
}

} // namespace grekko::config
