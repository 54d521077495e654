#include "core/risk/score.hpp"

#include <algorithm>

#include "core/risk/money.hpp"

namespace grekko::risk {

namespace {

// 1 / (1 + e^-x) at x = -8, -7.75, ... 8, to 18 decimals.
constexpr int points = 65;
constexpr Decimal step = 0.25_d;
constexpr Decimal end = 8_d;
constexpr std::array<Decimal, points> table{{
    0.000335350130466478_d, 0.000430557081324615_d, 0.000552778636923600_d, 0.000709670399100588_d,
    0.000911051194400645_d, 0.001169510265055515_d, 0.001501182256736992_d, 0.001926734663327475_d,
    0.002472623156634774_d, 0.003172682842485190_d, 0.004070137715896127_d, 0.005220125693558397_d,
    0.006692850924284856_d, 0.008577485413711985_d, 0.010986942630593180_d, 0.014063627043245474_d,
    0.017986209962091558_d, 0.022977369910025615_d, 0.029312230751356319_d, 0.037326887344129460_d,
    0.047425873177566781_d, 0.060086650174007622_d, 0.075858180021243551_d, 0.095349464899109494_d,
    0.119202922022117556_d, 0.148047198031689470_d, 0.182425523806356340_d, 0.222700138825308853_d,
    0.268941421369995121_d, 0.320821300824607027_d, 0.377540668798145435_d, 0.437823499114201896_d,
    0.500000000000000000_d, 0.562176500885798104_d, 0.622459331201854565_d, 0.679178699175392973_d,
    0.731058578630004879_d, 0.777299861174691147_d, 0.817574476193643660_d, 0.851952801968310530_d,
    0.880797077977882444_d, 0.904650535100890506_d, 0.924141819978756449_d, 0.939913349825992378_d,
    0.952574126822433219_d, 0.962673112655870540_d, 0.970687769248643681_d, 0.977022630089974385_d,
    0.982013790037908442_d, 0.985936372956754526_d, 0.989013057369406820_d, 0.991422514586288015_d,
    0.993307149075715144_d, 0.994779874306441603_d, 0.995929862284103873_d, 0.996827317157514810_d,
    0.997527376843365226_d, 0.998073265336672525_d, 0.998498817743263008_d, 0.998830489734944485_d,
    0.999088948805599355_d, 0.999290329600899412_d, 0.999447221363076400_d, 0.999569442918675385_d,
    0.999664649869533522_d
}};

Rate clamped(Rate u) { return std::clamp(u, Rate{}, Rate::whole(1)); }

struct Described {
    std::string_view name, mitigation;
};
constexpr std::array<Described, factor_count> described{{
    {"size", "smaller position or another instrument"},
    {"heat", "close or tighten a position first"},
    {"volatility", "wait or halve the size"},
    {"cost", "longer horizon or passive order"},
    {"drawdown", "trade smaller until recovered"},
    {"liquidity", "slice with TWAP"},
    {"stop", "the stop lies inside noise"},
    {"dissent", "voters disagree"},
    {"data", "data is ageing"},
    {"record", "proposer's record is poor"},
}};

}  // namespace

Rate logistic(Rate x) {
    const Decimal at = std::clamp(x.decimal(), -end, end);
    const Decimal from = at + end;
    const auto index = static_cast<std::size_t>(from.raw() / step.raw());
    if (index + 1 >= points) return Rate{table[points - 1]};
    const Decimal within = from - multiply(step, static_cast<std::int64_t>(index));
    const Decimal rise = table[index + 1] - table[index];
    return Rate{table[index] + multiply_divide(rise, within, step, Rounding::half_even)};
}

Score score(const ScoreModel& model, const Factors& factors) {
    Score result;
    Decimal sum = bounded(model.intercept.decimal());
    Decimal most;
    for (std::size_t i = 0; i < factor_count; ++i) {
        const Decimal part = product(std::max(model.weights[i], Rate{}).decimal(),
                                     clamped(factors[i]).decimal(), Rounding::half_even);
        sum += part;
        if (part <= most) continue;
        most = part;
        result.largest = static_cast<Factor>(i);
    }
    result.value = logistic(Rate{bounded(sum)});
    return result;
}

Rate size_share(const ScoreModel& model, Rate score) {
    if (score <= model.pass_max) return Rate::whole(1);
    if (score > model.reduce_max) return Rate{};
    const Rate into = score - model.pass_max;
    const Rate width = model.reduce_max - model.pass_max;
    const Decimal lost = quotient(product(model.slope.decimal(), into.decimal(),
                                          Rounding::ceiling),
                                  width.decimal(), Rounding::ceiling);
    return clamped(Rate{1_d - lost});
}

std::uint64_t digest(const ScoreModel& model) {
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a over eight bytes at a time
    const auto add = [&hash](Rate rate) {
        const auto raw = static_cast<UInt128>(rate.raw());
        for (const std::uint64_t word :
             {static_cast<std::uint64_t>(raw), static_cast<std::uint64_t>(raw >> 64U)}) {
            hash = (hash ^ word) * 1'099'511'628'211ULL;
        }
    };
    add(model.intercept);
    for (const Rate weight : model.weights) add(weight);
    add(model.pass_max);
    add(model.reduce_max);
    add(model.slope);
    return hash;
}

std::string_view name(Factor factor) {
    const auto index = static_cast<std::size_t>(factor);
    return index < factor_count ? described[index].name : "unknown";
}

std::string_view mitigation(Factor factor) {
    const auto index = static_cast<std::size_t>(factor);
    return index < factor_count ? described[index].mitigation : std::string_view{};
}

}  // namespace grekko::risk
