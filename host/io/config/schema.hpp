// Schema: what may be configured: one row a key with path, type, unit, default, legal range and a
// sentence. Tables that repeat ([[venues]]) are named "venues[]". It holds no value: config.hpp
// does. io/config brings the keys of book, market and run; app adds those of the core's settings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grekko::config {

enum class Type : std::uint8_t {
    text = 1,
    whole,    // a whole number
    amount,   // a decimal number
    share,    // a fraction: 0.25, "25 %", "25 bp"
    duration, // a whole number with a unit: "500ms"
    flag,     // true or false
    choice,   // one of `choices`
    list,     // of texts
    date,     // "2024-08-08", or with a time of day
    secret,   // a reference: "env:NAME" or "file:PATH"
    parameter // number, text, true or false: agents declare which
};
const char* name(Type type);

struct Key {
    std::string path; // "risk.heat_max", "venues[].account", "agents[].params.*"
    Type type{Type::text};
    std::string fallback; // as it would be written; empty: none
    std::string min, max; // of numbers and durations, empty: open
    std::vector<std::string> choices;
    std::string unit; // "of N", "a second"
    std::string doc;  // one sentence
};

// A table that repeats, and the keys whose values name a row: [[venues]] is named by `name`.
struct Table {
    std::string path;               // "venues"
    std::vector<std::string> names; // {"name"}; empty: rows are numbered
    bool replaces{false};           // rows of a file take the place of the built-in ones
};

class Schema {
public:
    void add(Key key);
    void add(Table table);

    const std::vector<Key>& keys() const { return keys_; }
    const std::vector<Table>& tables() const { return tables_; }
    const Key* find(std::string_view path) const;         // null: unknown
    const Table* find_table(std::string_view path) const; // null: unknown
    // Whether some key lies below this path.
    bool has_below(std::string_view path) const;
    // Everything that may stand in the table `path` ("": the top), for suggestions.
    std::vector<std::string> names_in(std::string_view path) const;

private:
    std::vector<Key> keys_;
    std::vector<Table> tables_;
};

// Keys of the book, the market, the agents, the run and the logs.
Schema base_schema();

// The schema as JSON Schema (draft 2020-12), for editors.
std::string json_schema(const Schema& schema);

// "venues[coinbase].account" → "venues[].account": the path as the schema has it.
std::string schema_path(std::string_view path);

// "GREKKO_RISK_HEAT_MAX"; empty for keys of tables that repeat.
std::string environment_name(const Key& key);

// Whether a variable is named as settings are, GREKKO_RISK_…: one that is no key is then a mistake.
bool names_setting(const Schema& schema, std::string_view variable);

} // namespace grekko::config
