// render: a record of the journal as one line of JSON: the envelope and all fields by name. Equal
// journals give equal bytes. It is not read back: the journal is the truth.
// `grekko journal export` writes files with it, the views keep it beside their columns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/record.hpp"
#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {

// {"sequence":7,"at":"…","type":"order.submitted","category":"trading","version":1,"book":"…",
// "epoch":1,"correlation":3,"causation":6,"data":{…}}; without a line feed. A record of an unknown
// type has its tag instead of data.
std::string render(const Record& record, std::string_view book, std::uint64_t epoch);

// Only the fields, as a JSON object.
std::string render_data(const Record& record);

// Every record from `from` on, a line each, to `write`; an error of `write` ends it.
Result<void> export_json(const std::filesystem::path& journal, Sequence from,
                         const std::function<Result<void>(std::string_view)>& write);

} // namespace grekko::sqlite
