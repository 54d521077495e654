// Config::load: lays the sources over one another, row by row and key by key.
#include <algorithm>
#include <cctype>
#include <set>

#include "base/assert.hpp"
#include "io/config/config.hpp"
#include "io/config/document.hpp"
#include "io/config/suggest.hpp"

namespace grekko::config {
namespace {

// "venues[0].params.fast" → "venues[0]"; empty where the path is in no row.
std::string row_of(std::string_view path) {
    const std::size_t end = path.find(']');
    return end == std::string_view::npos ? std::string{} : std::string{path.substr(0, end + 1)};
}

// What is wrong with the form of a path that leads through a known table; empty: nothing.
std::string wrong_form(const Schema& schema, const std::string& path) {
    for (std::size_t end = path.find_first_of(".["); true;
         end = path.find_first_of(".[", end + 1)) {
        const std::string part = path.substr(0, end);
        const bool row = end != std::string::npos && path[end] == '[';
        const bool known = !part.ends_with("[]") && schema.has_below(part);
        const bool repeats = schema.find_table(part) != nullptr;
        if (known && repeats && !row) {
            return part + " repeats: write [[" + part + "]] in a file, " + part +
                   "[NAME].KEY with --set";
        }
        if (known && !repeats && row) return part + " is one table: write [" + part + "]";
        if (known && end == std::string::npos) {
            return part + " is a table: write [" + part + "] and its keys below";
        }
        if (end == std::string::npos) return {};
    }
}

Error unknown_key(const Schema& schema, const std::string& path) {
    const std::string known_as = schema_path(path);
    if (const std::string form = wrong_form(schema, known_as); !form.empty()) {
        return make_error(ErrorCode::invalid_config, form);
    }
    const std::size_t dot = known_as.rfind('.');
    std::string parent = dot == std::string::npos ? std::string{} : known_as.substr(0, dot);
    std::string last = dot == std::string::npos ? known_as : known_as.substr(dot + 1);
    // The outermost part that is unknown is the one to name.
    while (!parent.empty() && !schema.has_below(parent)) {
        const std::size_t before = parent.rfind('.');
        last = before == std::string::npos ? parent : parent.substr(before + 1);
        parent = before == std::string::npos ? std::string{} : parent.substr(0, before);
    }
    if (last.ends_with("[]")) last.resize(last.size() - 2);
    const std::vector<std::string> names =
        schema.names_in(parent.ends_with("[]") ? parent.substr(0, parent.size() - 2) : parent);
    std::string message = "unknown key \"" + path + "\"" + did_you_mean(last, names);
    if (message.back() == '"') message += "; `grekko config schema` lists all keys";
    return make_error(ErrorCode::invalid_config, std::move(message));
}

} // namespace

class Loader {
public:
    Loader(const Schema& schema, Config& config) : schema_{schema}, config_{config} {}

    void defaults() {
        for (const Key& key : schema_.keys()) {
            if (key.path.find('[') == std::string::npos) put_default(key, key.path);
        }
    }

    Result<void> document(const Document& document, Origin::Kind kind) {
        TRY(rows, name_rows(document));
        if (kind == Origin::Kind::file) drop_replaced(rows);
        for (const auto& [row, name] : rows)
            add_row(row, name);
        for (const Item& item : document.items) {
            const Result<void> done = put(item, rows, document.name, kind);
            if (!done) return at_line(document.name, item.line, done.error());
        }
        return {};
    }

    Result<void> environment(const std::vector<std::pair<std::string, std::string>>& variables) {
        for (const auto& [variable, text] : variables) {
            if (!names_setting(schema_, variable)) continue;
            const auto key = std::ranges::find(schema_.keys(), variable, environment_name);
            if (key == schema_.keys().end()) return unknown_variable(variable);
            const Result<Value> value = check(*key, key->path, Raw{Raw::Kind::untyped, text, {}});
            if (!value) {
                return make_error(value.error().code, variable + ": " + value.error().message);
            }
            config_.settings_[key->path] = {&*key, *value, {Origin::Kind::environment, variable}};
        }
        return {};
    }

    Result<void> flags(const std::vector<std::string>& flags) {
        for (const std::string& flag : flags) {
            const std::size_t equals = flag.find('=');
            if (equals == std::string::npos || equals == 0) {
                return make_error(ErrorCode::invalid_argument,
                                  "--set " + flag + ": write it as --set path=value");
            }
            const std::string path = flag.substr(0, equals);
            const Key* key = schema_.find(schema_path(path));
            if (key == nullptr) {
                const Error error = unknown_key(schema_, path);
                return make_error(error.code, "--set: " + error.message);
            }
            if (const std::string row = row_of(path); !row.empty() && !known_rows_.contains(row)) {
                return make_error(ErrorCode::invalid_config,
                                  "--set: there is no " + row + "; rows are added in a file");
            }
            const Result<Value> value =
                check(*key, path, Raw{Raw::Kind::untyped, flag.substr(equals + 1), {}});
            if (!value) return make_error(value.error().code, "--set: " + value.error().message);
            config_.settings_[path] = {key, *value, {Origin::Kind::flag, "--set " + path}};
        }
        return {};
    }

private:
    Error unknown_variable(const std::string& variable) const {
        std::vector<std::string> known;
        for (const Key& key : schema_.keys())
            known.push_back(environment_name(key));
        return make_error(ErrorCode::invalid_config,
                          "the environment variable " + variable +
                              " sets no known key; unset it, or see `grekko config schema`" +
                              did_you_mean(variable, known));
    }

    using Rows = std::vector<std::pair<std::string, std::string>>; // "venues[0]" → "venues[x]"

    void put_default(const Key& key, const std::string& path) {
        if (key.fallback.empty()) return;
        const Result<Value> value = check(key, path, Raw{Raw::Kind::untyped, key.fallback, {}});
        ASSERT(value.has_value());
        config_.settings_[path] = {&key, *value, {}};
    }

    // Gives each row of the document the name that its keys make.
    Result<Rows> name_rows(const Document& document) const {
        Rows rows;
        for (const Item& item : document.items) {
            const std::string row = row_of(item.path);
            const bool named = std::ranges::find(rows, row, &Rows::value_type::first) != rows.end();
            if (row.empty() || named) continue;
            const std::string table = row.substr(0, row.find('['));
            const Table* known = schema_.find_table(table);
            if (known == nullptr) {
                return at_line(document.name, item.line, unknown_key(schema_, item.path));
            }
            const Result<std::string> name = row_name(document, row, *known);
            if (!name) return at_line(document.name, item.line, name.error());
            const std::string full = table + "[" + *name + "]";
            if (std::ranges::find(rows, full, &Rows::value_type::second) != rows.end()) {
                return at_line(
                    document.name, item.line,
                    make_error(ErrorCode::invalid_config, full + " is given twice; merge the two"));
            }
            rows.emplace_back(row, full);
        }
        return rows;
    }

    // The values of the naming keys, joined by "@"; the number of the row where there are none.
    static Result<std::string> row_name(const Document& document, const std::string& row,
                                        const Table& table) {
        if (table.names.empty())
            return row.substr(row.find('[') + 1, row.size() - row.find('[') - 2);
        std::string name;
        for (const std::string& key : table.names) {
            const auto item = std::ranges::find(document.items, row + "." + key, &Item::path);
            const bool good = item != document.items.end() && item->raw.kind == Raw::Kind::text &&
                              !item->raw.text.empty() &&
                              item->raw.text.find_first_of("[]@.") == std::string::npos;
            if (!good) {
                return make_error(ErrorCode::invalid_config,
                                  "[[" + table.path + "]] needs " + key +
                                      " = \"...\" (a text without [ ] @ .) to be named by");
            }
            name += (name.empty() ? "" : "@") + item->raw.text;
        }
        return name;
    }

    // A file's rows of such a table take the place of all built-in ones.
    void drop_replaced(const Rows& rows) {
        for (const Table& table : schema_.tables()) {
            const std::string prefix = table.path + "[";
            const bool given = std::ranges::any_of(
                rows, [&](const auto& row) { return row.first.starts_with(prefix); });
            if (!table.replaces || !given) continue;
            std::erase_if(config_.settings_,
                          [&](const auto& entry) { return entry.first.starts_with(prefix); });
            std::erase_if(known_rows_,
                          [&](const std::string& row) { return row.starts_with(prefix); });
            config_.rows_.erase(table.path);
        }
    }

    void add_row(const std::string& row, const std::string& name) {
        if (!known_rows_.insert(name).second) return;
        const std::string table = row.substr(0, row.find('['));
        const std::size_t begin = name.find('[') + 1;
        config_.rows_[table].push_back(name.substr(begin, name.size() - begin - 1));
        for (const Key& key : schema_.keys()) {
            const std::string prefix = table + "[].";
            if (!key.path.starts_with(prefix) || key.path.ends_with(".*")) continue;
            put_default(key, name + "." + key.path.substr(prefix.size()));
        }
    }

    Result<void> put(const Item& item, const Rows& rows, const std::string& file,
                     Origin::Kind kind) {
        const Key* key = schema_.find(schema_path(item.path));
        if (key == nullptr) {
            const bool table =
                item.raw.kind == Raw::Kind::other && schema_.has_below(schema_path(item.path));
            if (table) return {};
            return unknown_key(schema_, item.path);
        }
        std::string path = item.path;
        if (const std::string row = row_of(path); !row.empty()) {
            const auto named = std::ranges::find(rows, row, &Rows::value_type::first);
            path = named->second + path.substr(row.size());
        }
        TRY(value, check(*key, path, item.raw));
        config_.settings_[path] = {key, value, {kind, file + ":" + std::to_string(item.line)}};
        return {};
    }

    const Schema& schema_;
    Config& config_;
    std::set<std::string, std::less<>> known_rows_;
};

Result<Config> Config::load(const Schema& schema, const Sources& sources) {
    Config config;
    config.schema_ = &schema;
    Loader loader{schema, config};
    loader.defaults();
    TRY(under, parse_document(sources.built_in, "built in"));
    TRY(loader.document(under, Origin::Kind::built_in));
    if (sources.file) {
        TRY(document, read_document(*sources.file));
        TRY(loader.document(document, Origin::Kind::file));
    }
    TRY(loader.environment(sources.environment));
    TRY(loader.flags(sources.flags));
    return config;
}

} // namespace grekko::config
