// TextTable: rows of texts as columns of equal width, for a terminal. It does not cut and does not
// wrap: what is long makes its column wide. The last column is not padded.
// explain_text lays out its sections with it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace grekko::sqlite {

class TextTable {
public:
    explicit TextTable(std::vector<std::string> titles) { rows_.push_back(std::move(titles)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.size() < 2; }
    // Titles and rows, each line behind `indent` spaces; nothing where there are no rows.
    std::string text(std::size_t indent) const;

private:
    std::vector<std::vector<std::string>> rows_;
};

} // namespace grekko::sqlite
