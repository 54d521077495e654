#include "io/sqlite/views.hpp"

#include "base/decimal.hpp"
#include "io/sqlite/decimal_functions.hpp"
#include "io/sqlite/field_visitor.hpp"
#include "io/sqlite/render.hpp"
#include "io/sqlite/views_schema.hpp"

namespace grekko::sqlite {
namespace {

constexpr const char* every_event =
    "INSERT INTO events(sequence, at, type, category, correlation, causation, json) "
    "VALUES(:sequence, :at, :type, :category, :correlation, :causation, :json)";

// The step of a catch-up: a transaction for each batch alone would be slow.
constexpr std::uint64_t records_per_transaction = 20'000;

std::uint64_t first_in(std::span<const std::byte> records) {
    if (records.size() < sizeof(RecordHead)) return 0;
    return reinterpret_cast<const RecordHead*>(records.data())->sequence.value();
}

} // namespace

// Binds the fields of a record to the parameters of a rule, those inside a struct by the names of
// both: order.limit is :order_limit.
class Views::Binder {
public:
    explicit Binder(Rule& rule) : rule_{rule} {}

    void null(std::string_view name) {
        if (const int at = find(name)) rule_.statement.bind_null(at);
    }
    void number(std::string_view name, std::int64_t value) {
        if (const int at = find(name)) rule_.statement.bind(at, value);
    }
    void unsigned_number(std::string_view name, std::uint64_t value) {
        number(name, static_cast<std::int64_t>(value));
    }
    void yes_no(std::string_view name, bool value) { number(name, value ? 1 : 0); }
    void text(std::string_view name, std::string_view value) {
        if (const int at = find(name)) rule_.statement.bind_copy(at, value);
    }
    void begin(std::string_view name) {
        outer_.push_back(prefix_.size());
        prefix_ += name;
        prefix_ += '_';
    }
    void end() {
        prefix_.resize(outer_.back());
        outer_.pop_back();
    }
    void begin_list(std::string_view) { ++lists_; }
    void end_list() { --lists_; }

private:
    // 0: the rule does not name it.
    int find(std::string_view name) {
        if (lists_ > 0) return 0;
        if (!prefix_.empty()) name = joined_ = prefix_ + std::string{name};
        const auto found = rule_.parameters.find(name);
        return found == rule_.parameters.end() ? 0 : found->second;
    }

    Rule& rule_;
    std::string prefix_, joined_;
    std::vector<std::size_t> outer_; // how long the prefix is outside
    int lists_{0};
};

Result<Views> Views::open(const std::filesystem::path& path, KeepJson json) {
    TRY(connection, Connection::open(path, OpenMode::create));
    Views views{std::move(connection), json};
    TRY(add_decimal_functions(views.connection_));
    TRY(views.connection_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"));
    TRY(views.migrate());
    TRY(views.prepare());
    TRY(last, views.connection_.number("SELECT last FROM progress"));
    views.last_ = static_cast<std::uint64_t>(last);
    return views;
}

Result<void> Views::migrate() {
    const auto migrations = view_migrations();
    TRY(version, connection_.number("PRAGMA user_version"));
    if (version < 0 || static_cast<std::size_t>(version) > migrations.size()) {
        return make_error(ErrorCode::unsupported_version,
                          connection_.path().string() + " was made by a newer program; remove it, "
                                                        "it is made again from the journal");
    }
    for (auto at = static_cast<std::size_t>(version); at < migrations.size(); ++at) {
        TRY(transaction, Transaction::begin(connection_));
        TRY(connection_.execute(migrations[at]));
        const std::string sql = "PRAGMA user_version = " + std::to_string(at + 1);
        TRY(connection_.execute(sql.c_str()));
        TRY(transaction.commit());
    }
    return {};
}

Result<void> Views::prepare() {
    TRY(add_rule(0, every_event));
    for (const ViewRule& rule : view_rules())
        TRY(add_rule(rule.tag, rule.sql));
    return {};
}

Result<void> Views::add_rule(std::uint16_t tag, const char* sql) {
    TRY(statement, connection_.prepare(sql));
    std::map<std::string, int, std::less<>> parameters;
    for (int at = 1; at <= statement.parameters(); ++at) {
        parameters.emplace(statement.parameter_name(at), at);
    }
    rules_[tag].push_back({std::move(statement), std::move(parameters)});
    return {};
}

// Another process may have gone on: a query catches up the views of a book that runs.
Result<void> Views::in_transaction(const std::function<Result<void>()>& body) {
    const std::uint64_t before = last_;
    const auto write = [&]() -> Result<void> {
        TRY(transaction, Transaction::begin(connection_));
        TRY(last, connection_.number("SELECT last FROM progress"));
        last_ = static_cast<std::uint64_t>(last);
        TRY(body());
        const std::string sql = "UPDATE progress SET last = " + std::to_string(last_);
        TRY(connection_.execute(sql.c_str()));
        return transaction.commit();
    };
    auto written = write();
    if (!written) last_ = before;
    return written;
}

Result<void> Views::project(std::span<const std::byte> records) {
    if (records.empty()) return {};
    const std::uint64_t first = first_in(records);
    if (first > last_ + 1) {
        return make_error(ErrorCode::invalid_argument,
                          "the views end at record " + std::to_string(last_) +
                              " and cannot go on at " + std::to_string(first) +
                              "; catch up from the journal");
    }
    return in_transaction([&] {
        return for_each_record(Sequence{first}, records,
                               [&](const Record& record) { return project_record(record); });
    });
}

Result<void> Views::catch_up(const std::filesystem::path& journal) {
    TRY(end, journal_end(journal));
    if (end.value() < last_) {
        return make_error(ErrorCode::check_failed,
                          connection_.path().string() + " holds records up to " +
                              std::to_string(last_) + ", the journal only up to " +
                              std::to_string(end.value()) +
                              ": it is of another journal; remove it, it is made again");
    }
    for (bool more = true; more;) {
        more = false;
        const std::uint64_t stop = last_ + records_per_transaction;
        const Error enough{ErrorCode::cancelled, "enough for one transaction"};
        const auto visit = [&](const ports::Batch& batch) -> Result<void> {
            if (last_ >= stop) {
                more = true;
                return enough;
            }
            return for_each_record(batch.first, batch.payload,
                                   [&](const Record& record) { return project_record(record); });
        };
        TRY(in_transaction([&]() -> Result<void> {
            auto read = read_journal(journal, Sequence{last_ + 1}, visit);
            if (!read && !more) return read;
            return {};
        }));
    }
    return {};
}

Result<void> Views::project_record(const Record& record) {
    const std::uint64_t sequence = record.head.sequence.value();
    if (sequence <= last_) return {};
    TRY(add_event(record));
    if (const auto found = rules_.find(record.head.tag); found != rules_.end()) {
        for (Rule& rule : found->second)
            TRY(run(rule, record));
    }
    last_ = sequence;
    return {};
}

Result<void> Views::add_event(const Record& record) {
    Rule& rule = rules_[0].front();
    Binder binder{rule};
    bind_head(binder, record.head);
    const std::string_view type = record_name(record.head.tag);
    binder.text("type", type.empty() ? "unknown" : type);
    binder.text("category", name(category(record.head.tag)));
    json_ == KeepJson::yes ? binder.text("json", render_data(record)) : binder.null("json");
    return rule.statement.run();
}

Result<void> Views::run(Rule& rule, const Record& record) {
    Binder binder{rule};
    FieldVisitor visitor{binder};
    visit_record(record.head,
                 [&](const auto& body, const RecordHead&) { visit_fields(visitor, body); });
    // Last, so that `:at` is the time of the record whatever its fields are called.
    bind_head(binder, record.head);
    return rule.statement.run();
}

void Views::bind_head(Binder& binder, const RecordHead& head) {
    FieldVisitor visitor{binder};
    visitor("sequence", head.sequence);
    visitor("at", head.at);
    visitor("correlation", head.correlation);
    visitor("causation", head.causation);
}

} // namespace grekko::sqlite
