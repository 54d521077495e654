// Document: a TOML file as a flat list of values with their paths and lines. It checks that it is
// TOML and not too large, nothing else: config.hpp checks meaning. Also reads agent.toml.
// The loader and agent_file use it; toml++ stays behind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "io/config/value.hpp"

namespace grekko::config {

struct Item {
    std::string path; // "risk.heat_max", "venues[0].name"
    Raw raw;
    std::uint32_t line{0};
};

struct Document {
    std::string name;        // of the file, for messages
    std::vector<Item> items; // in the order of their lines
};

// invalid_config: not TOML, with "file:line: what".
Result<Document> parse_document(std::string_view text, std::string name);
// not_found, io_error, limit_exceeded (base/limits.hpp), and the above.
Result<Document> read_document(const std::filesystem::path& path);

// "file:line: message".
Error at_line(const std::string& file, std::uint32_t line, const Error& error);

} // namespace grekko::config
