#include "io/config/schema.hpp"

#include "io/config/keys.hpp"

#include <algorithm>
#include <cctype>

namespace grekko::config {

const char* name(Type type) {
    switch (type) {
    case Type::text: return "text";
    case Type::whole: return "whole number";
    case Type::amount: return "decimal number";
    case Type::share: return "share";
    case Type::duration: return "duration";
    case Type::flag: return "flag";
    case Type::choice: return "choice";
    case Type::list: return "list of texts";
    case Type::date: return "date";
    case Type::secret: return "secret by reference";
    case Type::parameter: return "parameter";
    }
    return "unknown";
}

void Schema::add(Key key) {
    keys_.push_back(std::move(key));
}
void Schema::add(Table table) {
    tables_.push_back(std::move(table));
}

const Key* Schema::find(std::string_view path) const {
    const auto exact = std::ranges::find(keys_, path, &Key::path);
    if (exact != keys_.end()) return &*exact;
    for (const Key& key : keys_) {
        if (!key.path.ends_with(".*")) continue;
        const std::string_view prefix = std::string_view{key.path}.substr(0, key.path.size() - 1);
        if (path.size() > prefix.size() && path.starts_with(prefix)) return &key;
    }
    return nullptr;
}

const Table* Schema::find_table(std::string_view path) const {
    const auto found = std::ranges::find(tables_, path, &Table::path);
    return found == tables_.end() ? nullptr : &*found;
}

bool Schema::has_below(std::string_view path) const {
    return std::ranges::any_of(keys_, [&](const Key& key) {
        return key.path.size() > path.size() && key.path.starts_with(path) &&
               (key.path[path.size()] == '.' || key.path[path.size()] == '[');
    });
}

std::vector<std::string> Schema::names_in(std::string_view path) const {
    std::vector<std::string> out;
    for (const Key& key : keys_) {
        std::string_view rest = key.path;
        if (!path.empty()) {
            if (!rest.starts_with(path) || rest.size() <= path.size()) continue;
            rest.remove_prefix(path.size());
            if (rest.starts_with("[]")) rest.remove_prefix(2);
            if (!rest.starts_with(".")) continue;
            rest.remove_prefix(1);
        }
        const std::string part{rest.substr(0, rest.find_first_of(".["))};
        if (part != "*" && std::ranges::find(out, part) == out.end()) out.push_back(part);
    }
    return out;
}

Schema base_schema() {
    Schema schema;
    add_book_keys(schema);
    add_market_keys(schema);
    add_run_keys(schema);
    return schema;
}

std::string schema_path(std::string_view path) {
    std::string out;
    bool inside = false;
    for (const char c : path) {
        if (c == ']') inside = false;
        if (!inside) out += c;
        if (c == '[') inside = true;
    }
    return out;
}

std::string environment_name(const Key& key) {
    if (key.path.find('[') != std::string::npos) return {};
    std::string out = "GREKKO_";
    for (const char c : key.path) {
        out += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return out;
}

bool names_setting(const Schema& schema, std::string_view variable) {
    return std::ranges::any_of(schema.keys(), [&](const Key& key) {
        if (key.path.find('[') != std::string::npos) return false;
        const Key section{key.path.substr(0, key.path.find('.')), {}, {}, {}, {}, {}, {}, {}};
        return variable.starts_with(environment_name(section) + "_");
    });
}

} // namespace grekko::config
