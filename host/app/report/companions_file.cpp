#include "app/report/companions_file.hpp"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* file_name = "reruns.json";

} // namespace

Result<void> write_companions(const std::filesystem::path& folder,
                              const report::Companions& companions) {
    Json object{{"reruns", Json::array()}, {"daily_without_vote", companions.daily_without_vote}};
    for (const ports::Rerun& rerun : companions.reruns) {
        object["reruns"].push_back({{"name", rerun.name},
                                    {"total", rerun.total},
                                    {"net", rerun.net},
                                    {"sharpe", rerun.sharpe ? Json(*rerun.sharpe) : Json(nullptr)},
                                    {"round_trips", rerun.round_trips}});
    }
    const std::filesystem::path path = folder / file_name;
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out << object.dump(2) << "\n";
    out.close();
    if (out) return {};
    return make_error(ErrorCode::io_error, "cannot write " + path.string() +
                                               "; check the folder's permissions and free space");
}

Result<report::Companions> read_companions(const std::filesystem::path& folder) {
    report::Companions out;
    const std::filesystem::path path = folder / file_name;
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return out;
    std::ifstream in{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    try {
        const Json object = Json::parse(text);
        object.at("daily_without_vote").get_to(out.daily_without_vote);
        for (const Json& row : object.at("reruns")) {
            ports::Rerun rerun;
            row.at("name").get_to(rerun.name);
            row.at("total").get_to(rerun.total);
            row.at("net").get_to(rerun.net);
            if (!row.at("sharpe").is_null()) rerun.sharpe = row["sharpe"].get<double>();
            row.at("round_trips").get_to(rerun.round_trips);
            out.reruns.push_back(std::move(rerun));
        }
    } catch (const Json::exception& error) {
        return make_error(ErrorCode::invalid_input,
                          path.string() + ": " + error.what() +
                              "; delete it, or make it again with `grekko report --reruns`");
    }
    return out;
}

} // namespace grekko::app
