// Views: views.db, ordinary SQL tables made from the records of a journal, for people and any SQL
// tool (docs/reference/views.md). They are never the truth: they may be deleted and are made
// again. The engine never reads them. Fed with batches, or by a Projector from the journal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/ids.hpp"
#include "io/sqlite/connection.hpp"
#include "io/sqlite/statement.hpp"
#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {

enum class KeepJson : std::uint8_t { no, yes }; // the whole record beside each event

class Views {
public:
    // Makes or migrates the tables. unsupported_version: made by a newer host.
    static Result<Views> open(const std::filesystem::path& path, KeepJson json);
    Views(Views&&) = default;

    // The last record that the tables hold.
    Sequence last() const { return Sequence{last_}; }

    // [one thread] Adds the records of a payload (aligned to eight bytes), all or none; those that
    // it has are passed over. invalid_argument: records before these are missing.
    Result<void> project(std::span<const std::byte> records);
    // Adds what the journal has and the tables have not. check_failed: it is another journal.
    Result<void> catch_up(const std::filesystem::path& journal);

private:
    // A statement of a rule and where the fields it names go.
    struct Rule {
        Statement statement;
        std::map<std::string, int, std::less<>> parameters;
    };
    class Binder;

    Views(Connection connection, KeepJson json) : connection_{std::move(connection)}, json_{json} {}
    Result<void> migrate();
    Result<void> prepare();
    Result<void> add_rule(std::uint16_t tag, const char* sql);
    Result<void> project_record(const Record& record);
    Result<void> add_event(const Record& record);
    Result<void> run(Rule& rule, const Record& record);
    static void bind_head(Binder& binder, const RecordHead& head);
    Result<void> in_transaction(const std::function<Result<void>()>& body);

    Connection connection_;
    KeepJson json_;
    std::uint64_t last_{0};
    std::map<std::uint16_t, std::vector<Rule>> rules_; // 0: for every record
};

} // namespace grekko::sqlite
