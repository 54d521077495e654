#include "io/config/document.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include <toml++/toml.h>

#include "base/limits.hpp"

namespace grekko::config {
namespace {

std::string real_text(double value) {
    std::array<char, 400> text;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return {text.data(), end.ptr};
}

std::string streamed(const toml::node& node) {
    std::ostringstream out;
    node.visit([&](const auto& value) {
        if constexpr (toml::is_date<decltype(value)> || toml::is_time<decltype(value)> ||
                      toml::is_date_time<decltype(value)>) {
            out << value.get();
        }
    });
    return out.str();
}

Raw raw_of(const toml::node& node) {
    Raw raw;
    switch (node.type()) {
    case toml::node_type::string: raw = {Raw::Kind::text, node.value_or(std::string{}), {}}; break;
    case toml::node_type::integer:
        raw = {Raw::Kind::whole, std::to_string(node.value_or(std::int64_t{0})), {}};
        break;
    case toml::node_type::floating_point:
        raw = {Raw::Kind::real, real_text(node.value_or(0.0)), {}};
        break;
    case toml::node_type::boolean:
        raw = {Raw::Kind::flag, node.value_or(false) ? "true" : "false", {}};
        break;
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time: raw = {Raw::Kind::date, streamed(node), {}}; break;
    default: raw = {Raw::Kind::other, {}, {}};
    }
    return raw;
}

Raw raw_list(const toml::array& array) {
    Raw raw{Raw::Kind::list, {}, {}};
    for (const toml::node& node : array) {
        const Raw item = raw_of(node);
        if (item.kind != Raw::Kind::text) return {Raw::Kind::other, {}, {}};
        raw.items.push_back(item.text);
    }
    return raw;
}

void flatten(const toml::table& table, const std::string& prefix, std::vector<Item>& out);

void flatten_node(const toml::node& node, const std::string& path, std::vector<Item>& out) {
    const auto line = static_cast<std::uint32_t>(node.source().begin.line);
    if (const toml::table* inner = node.as_table()) {
        if (inner->empty()) out.push_back({path, {Raw::Kind::other, {}, {}}, line});
        flatten(*inner, path + ".", out);
        return;
    }
    const toml::array* array = node.as_array();
    const bool of_tables = array != nullptr && !array->empty() && array->is_array_of_tables();
    if (!of_tables) {
        out.push_back({path, array == nullptr ? raw_of(node) : raw_list(*array), line});
        return;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        flatten(*array->get(i)->as_table(), path + "[" + std::to_string(i) + "].", out);
    }
}

void flatten(const toml::table& table, const std::string& prefix, std::vector<Item>& out) {
    for (const auto& [key, node] : table)
        flatten_node(node, prefix + std::string{key.str()}, out);
}

} // namespace

Error at_line(const std::string& file, std::uint32_t line, const Error& error) {
    return make_error(error.code, file + ":" + std::to_string(line) + ": " + error.message);
}

Result<Document> parse_document(std::string_view text, std::string name) {
    Document document;
    document.name = std::move(name);
    try {
        const toml::table table = toml::parse(text, document.name);
        flatten(table, "", document.items);
    } catch (const toml::parse_error& error) {
        return at_line(
            document.name, static_cast<std::uint32_t>(error.source().begin.line),
            make_error(ErrorCode::invalid_config, "not TOML: " + std::string{error.description()}));
    }
    std::ranges::stable_sort(document.items, {}, &Item::line);
    return document;
}

Result<Document> read_document(const std::filesystem::path& path) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) {
        const bool missing = failed == std::errc::no_such_file_or_directory;
        return make_error(missing ? ErrorCode::not_found : ErrorCode::io_error,
                          path.string() + ": " + failed.message() +
                              "; name a configuration file that can be read");
    }
    if (size > limits::config_bytes_max) {
        return make_error(ErrorCode::limit_exceeded, path.string() + " is larger than " +
                                                         std::to_string(limits::config_bytes_max) +
                                                         " bytes: this is no configuration file");
    }
    std::ifstream in{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    if (!in && !in.eof()) {
        return make_error(ErrorCode::io_error, path.string() + ": cannot be read");
    }
    return parse_document(text, path.string());
}

} // namespace grekko::config
