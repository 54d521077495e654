#include "io/script/chains.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace grekko::script {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

class Scanner {
public:
    explicit Scanner(std::string_view source) : source_{source} {}

    std::size_t longest() {
        while (at_ < source_.size())
            token();
        return longest_;
    }

private:
    // What an open bracket was, and the chain before it.
    struct Open {
        char bracket;
        bool after_value;
        std::size_t chain;
    };

    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    void token() {
        const char c = peek();
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            ++at_;
        } else if (c == '-' && peek(1) == '-') {
            at_ += 2;
            if (!long_bracket()) at_ = std::min(source_.find('\n', at_), source_.size());
        } else if (c == '"' || c == '\'') {
            quoted(c);
            value();
        } else if (c == '[' && long_bracket()) {
            value();
        } else if (is_name(c) || (c == '.' && is_digit(peek(1)))) {
            word();
            value();
        } else if (c == '.' && peek(1) != '.') {
            ++at_;
            longest_ = std::max(longest_, ++chain_);
            after_value_ = false;
        } else if (c == '(' || c == '[' || c == '{') {
            ++at_;
            open_.push_back({c, after_value_, chain_});
            chain_ = 0;
            after_value_ = false;
        } else if (c == ')' || c == ']' || c == '}') {
            ++at_;
            close();
        } else {
            at_ += c == '.' ? (peek(2) == '.' ? 3 : 2) : 1;
            chain_ = 0;
            after_value_ = false;
        }
    }

    // Two values side by side: a new statement or a call, either ends the chain.
    void value() {
        if (after_value_) chain_ = 0;
        after_value_ = true;
    }

    void close() {
        const Open open = open_.empty() ? Open{'{', false, 0} : open_.back();
        if (!open_.empty()) open_.pop_back();
        const bool index = open.bracket == '[' && open.after_value;
        const bool group = open.bracket == '(' && !open.after_value;
        chain_ = index ? open.chain + chain_ + 1 : group ? open.chain + chain_ : 0;
        longest_ = std::max(longest_, chain_);
        after_value_ = true;
    }

    void quoted(char quote) {
        for (++at_; at_ < source_.size() && peek() != quote && peek() != '\n'; ++at_) {
            if (peek() == '\\') ++at_;
        }
        at_ = std::min(at_ + 1, source_.size());
    }

    // [[ … ]] or [=[ … ]=]; false where none begins here.
    bool long_bracket() {
        std::size_t level = 0;
        if (peek() != '[') return false;
        while (peek(1 + level) == '=')
            ++level;
        if (peek(1 + level) != '[') return false;
        const std::string end = "]" + std::string(level, '=') + "]";
        const std::size_t found = source_.find(end, at_ + level + 2);
        at_ = found == source_.npos ? source_.size() : found + end.size();
        return true;
    }

    // A name, keyword or number; the sign of an exponent belongs to the number.
    void word() {
        const bool number = !is_name(peek()) || is_digit(peek());
        for (char before = '\0'; at_ < source_.size(); before = peek(), ++at_) {
            const bool exponent = before == 'e' || before == 'E' || before == 'p' || before == 'P';
            const bool sign = exponent && (peek() == '+' || peek() == '-');
            if (!is_name(peek()) && !(number && (peek() == '.' || sign))) return;
        }
    }

    std::string_view source_;
    std::size_t at_{0}, chain_{0}, longest_{0};
    bool after_value_{false};
    std::vector<Open> open_;
};

} // namespace

std::size_t longest_chain(std::string_view source) {
    return Scanner{source}.longest();
}

} // namespace grekko::script
