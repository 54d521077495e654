// Config: every setting with its value and where it came from: the built-in default, the file, the
// environment (GREKKO_RISK_HEAT_MAX) or a flag (--set risk.heat_max=0.03), the later over the
// earlier. Loading checks all of it, so whoever reads a value gets a legal one. It decides nothing
// and knows no struct of the core. app/wire.cpp reads it, `grekko config` shows it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "io/config/schema.hpp"
#include "io/config/value.hpp"

namespace grekko::config {

struct Origin {
    enum class Kind : std::uint8_t { fallback = 1, built_in, file, environment, flag };
    Kind kind{Kind::fallback};
    std::string place; // "grekko.toml:12", the variable, the flag
    std::string text() const;
};

struct Setting {
    const Key* key{nullptr};
    Value value;
    Origin origin;
};

struct Sources {
    std::string built_in; // TOML under everything else
    std::optional<std::filesystem::path> file;
    std::vector<std::pair<std::string, std::string>> environment; // GREKKO_<SECTION>_… count
    std::vector<std::string> flags;                               // "risk.heat_max=0.03"
};

class Config {
public:
    // The schema must outlive the configuration. invalid_config with file and line, the key, the
    // value and what is legal; not_found, io_error, limit_exceeded of the file.
    static Result<Config> load(const Schema& schema, const Sources& sources);

    // By path, "venues[coinbase].account". ASSERT that the schema knows it and its type fits;
    // what has neither a value nor a default is empty, zero or false.
    std::string text(std::string_view path) const;
    std::int64_t whole(std::string_view path) const;
    Decimal decimal(std::string_view path) const;
    Rate rate(std::string_view path) const { return Rate{decimal(path)}; }
    Duration duration(std::string_view path) const;
    bool flag(std::string_view path) const;
    Instant date(std::string_view path) const;
    std::vector<std::string> list(std::string_view path) const;
    bool has(std::string_view path) const; // a value or a default stands there

    // Names of the rows of a table in the order they were written: rows("venues").
    const std::vector<std::string>& rows(std::string_view table) const;
    // What stands below "agents[balanced].params.".
    ParameterValues parameters(std::string_view prefix) const;

    // All settings by path.
    const std::map<std::string, Setting, std::less<>>& settings() const { return settings_; }
    // "path = value" a line, sorted: equal configurations have equal text. Secrets are references.
    std::string canonical() const;
    // SHA-256 of canonical(), hex.
    std::string hash() const;

private:
    friend class Loader;
    const Value* find(std::string_view path) const;

    const Schema* schema_{nullptr};
    std::map<std::string, Setting, std::less<>> settings_;
    std::map<std::string, std::vector<std::string>, std::less<>> rows_;
};

// The built-in venues, instruments, listings and agents, as TOML.
std::string_view built_in();

// SHA-256 of bytes, hex.
std::string sha256(std::string_view bytes);

} // namespace grekko::config
