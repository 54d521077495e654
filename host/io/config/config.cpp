#include "io/config/config.hpp"

#include <charconv>

#include <openssl/evp.h>

#include "base/assert.hpp"

namespace grekko::config {

std::string Origin::text() const {
    switch (kind) {
    case Kind::fallback: return "default";
    case Kind::built_in: return "built in";
    case Kind::file:
    case Kind::environment:
    case Kind::flag: return place;
    }
    return {};
}

const Value* Config::find(std::string_view path) const {
    // Names of rows may come from a tape, so only the other paths are the program's own.
    const bool of_row = path.find('[') != std::string_view::npos;
    ASSERT(of_row || schema_ == nullptr || schema_->find(path) != nullptr);
    const auto found = settings_.find(path);
    return found == settings_.end() ? nullptr : &found->second.value;
}

bool Config::has(std::string_view path) const {
    return find(path) != nullptr;
}

std::string Config::text(std::string_view path) const {
    const Value* value = find(path);
    return value == nullptr ? std::string{} : value->text;
}

std::int64_t Config::whole(std::string_view path) const {
    const std::string given = text(path);
    std::int64_t value = 0;
    std::from_chars(given.data(), given.data() + given.size(), value);
    return value;
}

Decimal Config::decimal(std::string_view path) const {
    const Value* value = find(path);
    if (value == nullptr) return {};
    const Result<Decimal> number = Decimal::parse(value->text);
    ASSERT(number.has_value());
    return *number;
}

Duration Config::duration(std::string_view path) const {
    const Value* value = find(path);
    if (value == nullptr) return {};
    const Result<Duration> parsed = parse_duration(value->text);
    ASSERT(parsed.has_value());
    return *parsed;
}

bool Config::flag(std::string_view path) const {
    return text(path) == "true";
}

Instant Config::date(std::string_view path) const {
    const Value* value = find(path);
    if (value == nullptr) return {};
    const Result<Instant> parsed = parse_instant(value->text);
    ASSERT(parsed.has_value());
    return *parsed;
}

std::vector<std::string> Config::list(std::string_view path) const {
    const Value* value = find(path);
    return value == nullptr ? std::vector<std::string>{} : value->items;
}

const std::vector<std::string>& Config::rows(std::string_view table) const {
    static const std::vector<std::string> none;
    ASSERT(schema_ == nullptr || schema_->find_table(table) != nullptr);
    const auto found = rows_.find(table);
    return found == rows_.end() ? none : found->second;
}

ParameterValues Config::parameters(std::string_view prefix) const {
    ParameterValues out;
    for (auto it = settings_.lower_bound(prefix);
         it != settings_.end() && it->first.starts_with(prefix); ++it) {
        out.emplace(it->first.substr(prefix.size()), it->second.value.parameter);
    }
    return out;
}

std::string Config::canonical() const {
    std::string out;
    for (const auto& [path, setting] : settings_)
        out += path + " = " + setting.value.text + "\n";
    return out;
}

std::string Config::hash() const {
    return sha256(canonical());
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, 32> hash{};
    unsigned size = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr);
    ASSERT(done == 1);
    std::string out;
    for (const unsigned char byte : hash) {
        constexpr std::string_view digits = "0123456789abcdef";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

} // namespace grekko::config
