#include "io/sqlite/render.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "io/sqlite/field_visitor.hpp"

namespace grekko::sqlite {
namespace {

// Appends JSON to a text: no tree in between, the order is that of the calls.
class JsonText {
public:
    void null(std::string_view name) {
        key(name);
        out_ += "null";
    }
    void number(std::string_view name, std::int64_t value) {
        key(name);
        out_ += std::to_string(value);
    }
    void unsigned_number(std::string_view name, std::uint64_t value) {
        key(name);
        out_ += std::to_string(value);
    }
    void yes_no(std::string_view name, bool value) {
        key(name);
        out_ += value ? "true" : "false";
    }
    void text(std::string_view name, std::string_view value) {
        key(name);
        quote(value);
    }
    void begin(std::string_view name) { open(name, '{'); }
    void end() { close('}'); }
    void begin_list(std::string_view name) { open(name, '['); }
    void end_list() { close(']'); }

    std::string take() { return std::move(out_); }

private:
    void key(std::string_view name) {
        if (!first_) out_ += ',';
        first_ = false;
        if (name.empty()) return; // an item of a list, or the outermost object
        quote(name);
        out_ += ':';
    }
    void open(std::string_view name, char mark) {
        key(name);
        out_ += mark;
        first_ = true;
    }
    void close(char mark) {
        out_ += mark;
        first_ = false;
    }
    void quote(std::string_view value) {
        const bool plain = std::ranges::all_of(
            value, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
        if (plain) {
            out_ += '"';
            out_ += value;
            out_ += '"';
            return;
        }
        // Bytes that are no UTF-8 came from outside: they become replacement characters.
        out_ +=
            nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }

    std::string out_;
    bool first_{true};
};

bool write_data(JsonText& json, const Record& record) {
    FieldVisitor visitor{json};
    return visit_record(record.head,
                        [&](const auto& body, const RecordHead&) { visit_fields(visitor, body); });
}

} // namespace

std::string render_data(const Record& record) {
    JsonText json;
    json.begin({});
    write_data(json, record);
    json.end();
    return json.take();
}

std::string render(const Record& record, std::string_view book, std::uint64_t epoch) {
    const RecordHead& head = record.head;
    const std::string_view type = record_name(head.tag);
    JsonText json;
    FieldVisitor visitor{json};
    json.begin({});
    visitor("sequence", head.sequence);
    visitor("at", head.at);
    json.text("type", type.empty() ? "unknown" : type);
    visitor("category", category(head.tag));
    visitor("version", head.version);
    json.text("book", book);
    visitor("epoch", epoch);
    visitor("correlation", head.correlation);
    visitor("causation", head.causation);
    json.begin("data");
    if (!write_data(json, record)) visitor("tag", head.tag);
    json.end();
    json.end();
    return json.take();
}

Result<void> export_json(const std::filesystem::path& journal, Sequence from,
                         const std::function<Result<void>(std::string_view)>& write) {
    TRY(store, Store::open_to_read(journal));
    const std::string book = store.identity().book;
    return read_journal(journal, from, [&](const ports::Batch& batch) {
        return for_each_record(batch.first, batch.payload,
                               [&](const Record& record) -> Result<void> {
                                   if (record.head.sequence < from) return {};
                                   return write(render(record, book, batch.epoch) + "\n");
                               });
    });
}

} // namespace grekko::sqlite
