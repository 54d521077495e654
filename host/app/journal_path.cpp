#include "app/journal_path.hpp"

#include "app/wire.hpp"
#include "io/sqlite/store.hpp"
#include "io/sqlite/verify.hpp"

namespace grekko::app {
namespace {

// Reads a journal file through a connection that cannot write.
class ReadOnlyJournal final : public ports::Journal {
public:
    ReadOnlyJournal(std::filesystem::path path, sqlite::Store store)
        : path_{std::move(path)},
          store_{std::move(store)} {}

    Result<void> append(const ports::Batch&, bool) override { return refused(); }
    Sequence durable() const override { return {}; }
    Result<void> sync(Sequence) override { return refused(); }
    Result<void> write_snapshot(const ports::Snapshot&) override { return refused(); }
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override {
        return store_.read_snapshot(at_most);
    }
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override {
        return sqlite::read_journal(path_, from, visit);
    }
    ports::JournalHead head() const override { return {}; }
    ports::JournalHealth health() const override { return {}; }

private:
    Result<void> refused() const {
        return make_error(ErrorCode::invalid_argument, path_.string() + " was opened to read");
    }
    std::filesystem::path path_;
    sqlite::Store store_;
};

} // namespace

Result<std::filesystem::path> journal_path(const std::string& named, const Globals& globals) {
    std::filesystem::path path = named;
    if (named.empty()) {
        TRY(config, load_config(globals));
        path = book_folder(config) / "journal.db";
    }
    std::error_code failed;
    if (std::filesystem::is_directory(path, failed)) path /= "journal.db";
    if (!std::filesystem::exists(path, failed)) {
        return make_error(ErrorCode::not_found,
                          path.string() + ": there is no journal; name one with --journal, or "
                                          "make one with `grekko run` or `grekko backtest --out`");
    }
    return path;
}

Result<std::unique_ptr<ports::Journal>> open_to_read(const std::filesystem::path& path) {
    TRY(store, sqlite::Store::open_to_read(path));
    return std::unique_ptr<ports::Journal>{
        std::make_unique<ReadOnlyJournal>(path, std::move(store))};
}

} // namespace grekko::app
