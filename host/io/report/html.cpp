// The page: the document's tables as HTML, the waterfall of costs, the heat table of months and the
// votes drawn here; curves are drawn by the page's script from the data inside.
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "io/report/document.hpp"
#include "io/report/format.hpp"
#include "io/report/json.hpp"
#include "io/report/report.hpp"

namespace grekko::report {

namespace assets {
extern const std::string_view page_html, page_css, page_js, chart_js, chart_css, chart_license;
}

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += byte;
        }
    }
    return out;
}

// "Alpha a year" → "def-alpha-a-year"
std::string anchor(std::string_view label) {
    std::string id = "def-";
    for (const char byte : label) {
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (byte >= 'A' && byte <= 'Z') {
            id += static_cast<char>(byte - 'A' + 'a');
        } else if (letter) {
            id += byte;
        } else if (!id.ends_with('-')) {
            id += '-';
        }
    }
    return id;
}

std::string linked(const std::string& label) {
    const auto& known = definitions();
    const bool defined = std::any_of(known.begin(), known.end(),
                                     [&](const Definition& d) { return d.label == label; });
    if (!defined) return escaped(label);
    return fmt::format("<a href=\"#{}\">{}</a>", anchor(label), escaped(label));
}

std::string lines_of(const Section& section) {
    if (section.lines.empty()) return {};
    std::string out = "<dl class=\"figures\">\n";
    for (const Line& line : section.lines) {
        const bool absent = line.value.starts_with("–");
        out += fmt::format("<div><dt>{}</dt><dd{}>{}</dd><dd class=\"note\">{}</dd></div>\n",
                           linked(line.label), absent ? " class=\"absent\"" : "",
                           escaped(line.value), escaped(line.note));
    }
    return out + "</dl>\n";
}

std::string table_of(const Table& table) {
    std::string out = "<div class=\"scroll\"><table><caption>" + linked(table.caption) +
                      "</caption>\n<thead><tr>";
    const auto cell = [&](const char* tag, const std::string& content, std::size_t column) {
        const bool text = column < table.text_columns;
        out += fmt::format("<{}{}>{}</{}>", tag, text ? "" : " class=\"n\"", content, tag);
    };
    for (std::size_t i = 0; i < table.head.size(); ++i)
        cell("th", escaped(table.head[i]), i);
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            cell("td", i == 0 ? linked(row[i]) : escaped(row[i]), i);
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

// Gross, then each cost hanging from what is left, then net; heights in percent of the range.
std::string waterfall(const Report& report) {
    const ports::ReportCosts& c = report.costs;
    if (c.traded <= 0.0) return {};
    struct Step {
        const char* name;
        double from, to;
    };
    std::vector<Step> steps{{"Gross", 0.0, c.gross}};
    double left = c.gross;
    const std::pair<const char*, double> costs[] = {{"Spread", c.spread},
                                                    {"Impact", c.impact},
                                                    {"Delay", c.delay},
                                                    {"Fees", c.fees},
                                                    {"Funding", c.funding}};
    for (const auto& [name, amount] : costs) {
        steps.push_back({name, left, left - amount});
        left -= amount;
    }
    steps.push_back({"Net", 0.0, c.net});
    double low = 0.0;
    double high = 0.0;
    for (const Step& step : steps) {
        low = std::min({low, step.from, step.to});
        high = std::max({high, step.from, step.to});
    }
    const double range = std::max(high - low, 1e-9);
    const auto place = [&](double value) { return 20.0 + 170.0 * (high - value) / range; };
    std::string out =
        fmt::format("<figure><figcaption>Costs, {}</figcaption><div class=\"scroll\"><svg class="
                    "\"waterfall\" viewBox=\"0 0 700 230\" role=\"img\" "
                    "aria-label=\"From gross to net\">\n<line class=\"axis\" "
                    "x1=\"0\" x2=\"700\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>\n",
                    escaped(report.currency), place(0.0), place(0.0));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const bool total = i == 0 || i + 1 == steps.size();
        const double top = place(std::max(step.from, step.to));
        const double height = std::max(1.0, place(std::min(step.from, step.to)) - top);
        const char* kind = total ? "total" : step.to <= step.from ? "loss" : "gain";
        const double x = 100.0 * static_cast<double>(i);
        out += fmt::format("<rect class=\"{}\" x=\"{:.0f}\" y=\"{:.1f}\" width=\"64\" "
                           "height=\"{:.1f}\"/><text x=\"{:.0f}\" y=\"{:.1f}\">{}</text>"
                           "<text class=\"name\" x=\"{:.0f}\" y=\"224\">{}</text>\n",
                           kind, x + 18, top, height, x + 50, top - 5, money(step.to - step.from),
                           x + 50, step.name);
    }
    return out + "</svg></div></figure>\n";
}

std::string months(const Report& report) {
    if (report.months.empty()) return {};
    std::map<int, std::map<int, double>> years;
    double largest = 1e-9;
    for (const ports::MonthCell& cell : report.months) {
        years[cell.year][cell.month] = cell.value;
        largest = std::max(largest, std::abs(cell.value));
    }
    std::string out = "<div class=\"scroll\"><table class=\"heat\"><caption>Monthly returns, %"
                      "</caption><thead><tr><th></th>";
    for (const char* name : {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
                             "Nov", "Dec", "Year"}) {
        out += fmt::format("<th class=\"n\">{}</th>", name);
    }
    out += "</tr></thead><tbody>\n";
    for (const auto& [year, cells] : years) {
        double total = 1.0;
        out += fmt::format("<tr><th>{}</th>", year);
        for (int month = 1; month <= 12; ++month) {
            const auto found = cells.find(month);
            if (found == cells.end()) {
                out += "<td></td>";
                continue;
            }
            total *= 1.0 + found->second;
            out += fmt::format("<td class=\"n {}\" style=\"--heat:{:.0f}%\">{}</td>",
                               found->second < 0.0 ? "down" : "up",
                               100.0 * std::abs(found->second) / largest,
                               ratio(found->second * 100.0, 1));
        }
        out += fmt::format("<td class=\"n\">{}</td></tr>\n", ratio((total - 1.0) * 100.0, 1));
    }
    return out + "</tbody></table></div>\n";
}

std::string vote_bars(const Report& report) {
    std::string rows;
    for (const ports::AgentVotes& v : report.consensus.agents) {
        const std::uint64_t all = v.approved + v.rejected + v.vetoed + v.abstained + v.missed;
        if (all == 0) continue;
        rows += "<div class=\"votes\"><span>" + escaped(v.agent) + "</span><span class=\"bar\">";
        const std::pair<const char*, std::uint64_t> parts[] = {{"yes", v.approved},
                                                               {"no", v.rejected + v.vetoed},
                                                               {"abstain", v.abstained},
                                                               {"missed", v.missed}};
        for (const auto& [kind, votes] : parts) {
            if (votes == 0) continue;
            const double share = 100.0 * static_cast<double>(votes) / static_cast<double>(all);
            rows += fmt::format("<i class=\"{}\" style=\"width:{:.2f}%\" title=\"{} {}\"></i>",
                                kind, share, kind, votes);
        }
        rows += "</span></div>\n";
    }
    if (rows.empty()) return {};
    return "<figure><figcaption>Votes <span class=\"key\"><i class=\"yes\"></i>yes <i class=\"no\">"
           "</i>no or veto <i class=\"abstain\"></i>abstain <i class=\"missed\"></i>missed</span>"
           "</figcaption>\n" +
           rows + "</figure>\n";
}

// The charts that stand in front of a section's tables.
std::string charts_of(const Section& section, const Report& report) {
    if (section.id == "returns" && !report.equity.empty()) {
        return "<figure><figcaption>Equity, from 1, and drawdown</figcaption>"
               "<div id=\"chart-equity\"></div><div id=\"chart-drawdown\"></div></figure>\n" +
               months(report);
    }
    if (section.id == "exposure" && !report.equity.empty()) {
        return "<figure><figcaption>Exposure, % of NAV</figcaption>"
               "<div id=\"chart-exposure\"></div></figure>\n";
    }
    if (section.id == "costs") return waterfall(report);
    if (section.id == "trades" && !report.prices.empty()) {
        return "<figure><figcaption>Fills on price <span class=\"key\"><i class=\"yes\"></i>bought "
               "<i class=\"no\"></i>sold</span></figcaption>"
               "<div id=\"chart-prices\"></div></figure>\n";
    }
    return section.id == "consensus" ? vote_bars(report) : std::string{};
}

std::string definitions_html() {
    std::string out = "<section id=\"definitions\"><h2>Definitions</h2><dl class=\"words\">\n";
    for (const Definition& definition : definitions()) {
        out +=
            fmt::format("<div id=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", anchor(definition.label),
                        escaped(definition.label), escaped(definition.text));
    }
    return out + "</dl></section>\n";
}

std::string body_of(const Report& report) {
    const Document shown = document(report);
    std::string out = "<header><h1>" + escaped(shown.title) + "</h1>\n";
    for (const std::string& warning : shown.warnings) {
        out += "<p class=\"warning\">" + escaped(warning) + "</p>\n";
    }
    out += "</header>\n<nav>";
    for (const Section& section : shown.sections) {
        out += fmt::format("<a href=\"#{}\">{}</a> ", section.id, escaped(section.title));
    }
    out += "<a href=\"#definitions\">Definitions</a></nav>\n<main>\n";
    for (const Section& section : shown.sections) {
        out += fmt::format("<section id=\"{}\"><h2>{}</h2>\n", section.id, escaped(section.title));
        out += charts_of(section, report) + lines_of(section);
        for (const Table& table : section.tables)
            out += table_of(table);
        out += "</section>\n";
    }
    return out + definitions_html() + "</main>\n";
}

} // namespace

std::string html(const Report& report) {
    const std::map<std::string, std::string, std::less<>> parts{
        {"title", escaped(report.header.title.empty() ? "Report" : report.header.title)},
        {"chart_css", std::string{assets::chart_css}},
        {"css", std::string{assets::page_css}},
        {"body", body_of(report)},
        {"data", chart_data(report)},
        {"license", std::string{assets::chart_license}},
        {"chart_js", std::string{assets::chart_js}},
        {"js", std::string{assets::page_js}}};
    std::string out;
    std::string_view rest = assets::page_html;
    for (auto open = rest.find("{{"); open != rest.npos; open = rest.find("{{")) {
        const auto close = rest.find("}}", open);
        out += rest.substr(0, open);
        const auto found = parts.find(rest.substr(open + 2, close - open - 2));
        if (found != parts.end()) out += found->second;
        rest.remove_prefix(close + 2);
    }
    return out.append(rest);
}

} // namespace grekko::report
