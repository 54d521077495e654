#include "io/script/pattern.hpp"

namespace grekko::script {

namespace {

constexpr int depth_max = 180;
constexpr std::size_t steps_a_charge = 64;

bool is_lower(unsigned char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(unsigned char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}
bool is_space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_graph(unsigned char c) {
    return c > ' ' && c < 0x7F;
}
bool is_alnum(unsigned char c) {
    return is_lower(c) || is_upper(c) || is_digit(c);
}
bool is_hex(unsigned char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Whether c is in the class that the letter after % names; another character names itself.
bool in_class(unsigned char c, unsigned char letter) {
    const auto lower = static_cast<unsigned char>(is_upper(letter) ? letter + 32 : letter);
    bool member = false;
    switch (lower) {
    case 'a': member = is_lower(c) || is_upper(c); break;
    case 'c': member = c < ' ' || c == 0x7F; break;
    case 'd': member = is_digit(c); break;
    case 'g': member = is_graph(c); break;
    case 'l': member = is_lower(c); break;
    case 'p': member = is_graph(c) && !is_alnum(c); break;
    case 's': member = is_space(c); break;
    case 'u': member = is_upper(c); break;
    case 'w': member = is_alnum(c); break;
    case 'x': member = is_hex(c); break;
    default: return letter == c;
    }
    return is_upper(letter) ? !member : member;
}

unsigned char byte(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

} // namespace

std::size_t Pattern::match_at(std::size_t start) {
    level_ = 0;
    depth_ = 0;
    return match(start, 0);
}

std::size_t Pattern::fail(const char* why) {
    if (error_ == nullptr) error_ = why;
    return none;
}

void Pattern::step(std::size_t count) {
    steps_ += count;
    if (steps_ < steps_a_charge) return;
    spend_(context_, static_cast<std::int64_t>(steps_));
    steps_ = 0;
}

std::size_t Pattern::match(std::size_t at, std::size_t item) {
    if (++depth_ > depth_max) return fail("pattern too complex");
    struct Leave {
        int& depth;
        ~Leave() { --depth; }
    } const leave{depth_};
    while (error_ == nullptr) {
        step();
        if (item == pattern_.size()) return at;
        bool handled = false;
        const std::size_t result = special(at, item, handled);
        if (handled && result != none && pattern_[item] == '%') {
            // %b, %f and back references go on behind themselves
            const char kind = pattern_[item + 1];
            item = kind == 'b' ? item + 4 : kind == 'f' ? item_end(item + 2) : item + 2;
            at = result;
            continue;
        }
        if (handled) return result;
        const std::size_t end = item_end(item);
        if (error_ != nullptr) return none;
        const char suffix = end < pattern_.size() ? pattern_[end] : '\0';
        if (suffix == '*') return longest(at, item, end);
        if (suffix == '-') return shortest(at, item, end);
        const bool matches = one(at, item, end);
        if (suffix == '+') return matches ? longest(at + 1, item, end) : none;
        if (suffix == '?') {
            if (matches) {
                const std::size_t with = match(at + 1, end + 1);
                if (with != none || error_ != nullptr) return with;
            }
            item = end + 1;
            continue;
        }
        if (!matches) return none;
        ++at;
        item = end;
    }
    return none;
}

// Items that are not one character. `handled` says that it was one; the result is the end of the
// whole match, for % items the place where they end.
std::size_t Pattern::special(std::size_t at, std::size_t item, bool& handled) {
    handled = true;
    switch (pattern_[item]) {
    case '(':
        if (byte(pattern_, item + 1) == ')') return begin_capture(at, item + 2, position);
        return begin_capture(at, item + 1, open);
    case ')': return end_capture(at, item + 1);
    case '$':
        if (item + 1 == pattern_.size()) return at == subject_.size() ? at : none;
        break;
    case '%': {
        const unsigned char kind = byte(pattern_, item + 1);
        if (kind == 'b') return balanced(at, item + 2);
        if (is_digit(kind)) return repeated(at, static_cast<char>(kind));
        if (kind == 'f') {
            if (byte(pattern_, item + 2) != '[') return fail("missing '[' after '%f' in pattern");
            const std::size_t end = item_end(item + 2);
            if (error_ != nullptr) return none;
            return frontier(at, item + 2, end) ? at : none;
        }
        break;
    }
    default: break;
    }
    handled = false;
    return none;
}

std::size_t Pattern::longest(std::size_t at, std::size_t item, std::size_t end) {
    std::size_t count = 0;
    while (one(at + count, item, end))
        ++count;
    while (true) {
        const std::size_t result = match(at + count, end + 1);
        if (result != none || error_ != nullptr || count == 0) return result;
        --count;
    }
}

std::size_t Pattern::shortest(std::size_t at, std::size_t item, std::size_t end) {
    while (true) {
        const std::size_t result = match(at, end + 1);
        if (result != none || error_ != nullptr) return result;
        if (!one(at, item, end)) return none;
        ++at;
    }
}

std::size_t Pattern::begin_capture(std::size_t at, std::size_t item, std::size_t size) {
    if (level_ >= captures_max) return fail("too many captures");
    captures_[level_] = {at, size};
    ++level_;
    const std::size_t result = match(at, item);
    if (result == none) --level_;
    return result;
}

std::size_t Pattern::end_capture(std::size_t at, std::size_t item) {
    std::size_t index = level_;
    while (index > 0 && captures_[index - 1].size != open)
        --index;
    if (index == 0) return fail("invalid pattern capture");
    Capture& capture = captures_[index - 1];
    capture.size = at - capture.start;
    const std::size_t result = match(at, item);
    if (result == none) capture.size = open;
    return result;
}

std::size_t Pattern::balanced(std::size_t at, std::size_t item) {
    if (item + 1 >= pattern_.size()) return fail("missing arguments to '%b'");
    if (at >= subject_.size() || subject_[at] != pattern_[item]) return none;
    std::size_t depth = 1;
    for (std::size_t i = at + 1; i < subject_.size(); ++i) {
        step();
        if (subject_[i] == pattern_[item + 1]) {
            if (--depth == 0) return i + 1;
        } else if (subject_[i] == pattern_[item]) {
            ++depth;
        }
    }
    return none;
}

std::size_t Pattern::repeated(std::size_t at, char digit) {
    const auto index = static_cast<std::size_t>(digit - '1');
    if (digit == '0' || index >= level_ || captures_[index].size >= open) {
        return fail("invalid capture index in pattern");
    }
    const auto text = subject_.substr(captures_[index].start, captures_[index].size);
    spend_(context_, static_cast<std::int64_t>(text.size() / 16));
    return subject_.substr(at).starts_with(text) ? at + text.size() : none;
}

bool Pattern::frontier(std::size_t at, std::size_t set, std::size_t end) {
    const unsigned char before = at == 0 ? 0 : byte(subject_, at - 1);
    return !in_set(before, set, end - 1) && in_set(byte(subject_, at), set, end - 1);
}

std::size_t Pattern::item_end(std::size_t item) {
    const char first = pattern_[item++];
    if (first == '%') {
        if (item >= pattern_.size()) return fail("malformed pattern (ends with '%')");
        return item + 1;
    }
    if (first != '[') return item;
    if (byte(pattern_, item) == '^') ++item;
    do { // the first ] stands for itself
        if (item >= pattern_.size()) return fail("malformed pattern (missing ']')");
        if (pattern_[item++] == '%') ++item;
        step();
    } while (item >= pattern_.size() || pattern_[item] != ']');
    return item + 1;
}

bool Pattern::one(std::size_t at, std::size_t item, std::size_t end) {
    step(1 + ((end - item) >> 3U));
    if (at >= subject_.size()) return false;
    const unsigned char c = byte(subject_, at);
    switch (pattern_[item]) {
    case '.': return true;
    case '%': return in_class(c, byte(pattern_, item + 1));
    case '[': return in_set(c, item, end - 1);
    default: return static_cast<unsigned char>(pattern_[item]) == c;
    }
}

// `set` is at its '[', `end` at its ']'.
bool Pattern::in_set(unsigned char c, std::size_t set, std::size_t end) const {
    bool found = true;
    std::size_t at = set + 1;
    if (pattern_[at] == '^') {
        found = false;
        ++at;
    }
    while (at < end) {
        if (pattern_[at] == '%') {
            if (in_class(c, byte(pattern_, at + 1))) return found;
            at += 2;
        } else if (at + 2 < end && pattern_[at + 1] == '-') {
            if (byte(pattern_, at) <= c && c <= byte(pattern_, at + 2)) return found;
            at += 3;
        } else {
            if (byte(pattern_, at) == c) return found;
            ++at;
        }
    }
    return !found;
}

} // namespace grekko::script
