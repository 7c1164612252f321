#include "chainqual/impact/selection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "unit/impact/errors.hpp"

namespace {

using namespace chainqual;
using impact_test::expect_error;

using Asked = std::function<double(const ItemSet&)>;

WorthOf each(Asked worth) {
  return [worth = std::move(worth)](std::span<const ItemSet> sets, const Control&) {
    std::vector<double> out;
    for (const ItemSet& set : sets) out.push_back(worth(set));
    return out;
  };
}

WorthOf sum_of(std::vector<double> gains) {
  return each([gains = std::move(gains)](const ItemSet& set) {
    double sum = 0;
    for (const std::uint32_t item : set) sum += gains[item];
    return sum;
  });
}

SelectionOptions how(SelectionMethod method, Returns returns = Returns::unknown) {
  SelectionOptions options;
  options.method = method;
  options.returns = returns;
  return options;
}

ItemSet items_of(const Selection& found) {
  ItemSet items;
  for (const SelectionStep& step : found.steps) items.push_back(step.item);
  return items;
}

TEST(Selection, GreedyByDensityMayMissTheKnapsackThatExactFinds) {
  // Budget 10: the small item leads by density and blocks the large one.
  const std::vector<double> cost{1, 10};
  const WorthOf worth = sum_of({2, 10});
  const Selection exact = select_under_budget(cost, 10, worth, how(SelectionMethod::exact, Returns::constant));
  EXPECT_EQ(items_of(exact), ItemSet{1});
  EXPECT_TRUE(exact.optimal);
  const Selection greedy = select_under_budget(cost, 10, worth, how(SelectionMethod::greedy, Returns::constant));
  EXPECT_EQ(items_of(greedy), ItemSet{1});  // the best single item saves it
  EXPECT_FALSE(greedy.optimal);
  EXPECT_NEAR(*greedy.bound, 2 + 10 * 0.9, 1e-9);
  EXPECT_NEAR(*greedy.guarantee, 10 / 11.0, 1e-9);
}

TEST(Selection, TwoItemsThatHelpOnlyTogetherAreFoundAndNothingIsGuaranteed) {
  const WorthOf worth = each([](const ItemSet& set) {
    const bool both = std::count(set.begin(), set.end(), 0U) + std::count(set.begin(), set.end(), 2U) == 2;
    return both ? 5.0 : 0.0;
  });
  const std::vector<double> cost{2, 1, 2, 9};
  const Selection greedy = select_under_budget(cost, 5, worth, how(SelectionMethod::greedy));
  EXPECT_EQ(greedy.found_by, FoundBy::by_dropping);
  EXPECT_EQ(greedy.worth, 5);
  EXPECT_EQ(greedy.spent, 4);
  EXPECT_FALSE(greedy.guarantee);
  EXPECT_FALSE(greedy.optimal);
  const Selection exact = select_under_budget(cost, 5, worth);
  EXPECT_EQ(exact.found_by, FoundBy::enumeration);
  EXPECT_TRUE(exact.optimal);
  EXPECT_EQ(exact.worth, 5);
  EXPECT_EQ(exact.steps[0].gain, 0);  // told as it was: the first alone avoids nothing
  EXPECT_EQ(exact.steps[1].gain, 5);
}

TEST(Selection, ItemsThatOnlyHarmAreLeftOutWhateverTheBudget) {
  for (const auto method : {SelectionMethod::exact, SelectionMethod::greedy}) {
    for (const auto returns : {Returns::constant, Returns::unknown}) {
      const Selection found =
          select_under_budget(std::vector<double>{1, 1, 0}, 1e9, sum_of({3, -1, 0}), how(method, returns));
      EXPECT_EQ(items_of(found), ItemSet{0});
      EXPECT_EQ(found.worth, 3);
    }
  }
}

TEST(Selection, WithoutMoneyOnlyFreeItemsAreTaken) {
  const Selection found = select_under_budget(std::vector<double>{0, 1e-9, 0}, 0, sum_of({1, 5, 2}));
  EXPECT_EQ(items_of(found), (ItemSet{2, 0}));
  EXPECT_EQ(found.spent, 0);
  EXPECT_EQ(found.frontier, (std::vector<FrontierPoint>{{0, 3}}));
  EXPECT_TRUE(std::isnan(found.alone[1]));
}

TEST(Selection, NothingToChooseFromIsNothingChosen) {
  const Selection found = select_under_budget({}, 10, sum_of({}));
  EXPECT_TRUE(found.steps.empty());
  EXPECT_TRUE(found.optimal);
  EXPECT_EQ(found.frontier, (std::vector<FrontierPoint>{{0, 0}}));
  EXPECT_EQ(found.affordable, 1U);
}

TEST(Selection, TenthsThatSumToTheBudgetAreWithinIt) {
  const Selection found = select_under_budget(std::vector<double>{0.1, 0.2}, 0.3, sum_of({1, 1}));
  EXPECT_EQ(found.steps.size(), 2U);  // 0.1 + 0.2 > 0.3 in binary
}

TEST(Selection, TiesGoToTheCheaperThenToTheFirstInTheList) {
  const auto ask = [](std::vector<double> cost, SelectionMethod method, Returns returns) {
    const WorthOf one_is_enough = each([](const ItemSet& set) { return set.empty() ? 0.0 : 1.0; });
    return items_of(select_under_budget(cost, 2, one_is_enough, how(method, returns)));
  };
  for (const auto method : {SelectionMethod::exact, SelectionMethod::greedy}) {
    for (const auto returns : {Returns::diminishing, Returns::unknown}) {
      EXPECT_EQ(ask({2, 2, 2}, method, returns), ItemSet{0});
      EXPECT_EQ(ask({2, 1, 1}, method, returns), ItemSet{1});
    }
  }
  const Selection constant = select_under_budget(std::vector<double>{1, 1, 1}, 2, sum_of({1, 1, 1}),
                                                 how(SelectionMethod::exact, Returns::constant));
  EXPECT_EQ(items_of(constant), (ItemSet{0, 1}));
}

TEST(Selection, GainsUpToTheLeastAreNone) {
  auto options = how(SelectionMethod::greedy, Returns::diminishing);
  options.least_gain = 0.5;
  EXPECT_EQ(items_of(select_under_budget(std::vector<double>{1, 1}, 5, sum_of({0.5, 0.75}), options)), ItemSet{1});
  options.returns = Returns::unknown;
  options.method = SelectionMethod::exact;
  EXPECT_EQ(items_of(select_under_budget(std::vector<double>{1, 1}, 5, sum_of({0.5, 0.75}), options)), ItemSet{1});
}

TEST(Selection, AutomaticEnumeratesWhileAffordableSetsAreFew) {
  const std::vector<double> cost(10, 1.0);
  const auto worth = each([](const ItemSet& set) { return std::sqrt(static_cast<double>(set.size())); });
  auto options = how(SelectionMethod::automatic, Returns::diminishing);
  EXPECT_EQ(count_affordable(cost, 2, 1000), 1U + 10U + 45U);
  EXPECT_EQ(count_affordable(cost, 2, 7), 7U);
  options.exact_sets = 56;
  EXPECT_EQ(select_under_budget(cost, 2, worth, options).found_by, FoundBy::enumeration);
  options.exact_sets = 55;
  const Selection greedy = select_under_budget(cost, 2, worth, options);
  EXPECT_EQ(greedy.found_by, FoundBy::by_density);
  EXPECT_NEAR(*greedy.guarantee, std::max(1 - std::exp(-1.0), std::sqrt(2.0) / 2), 1e-9);
}

TEST(Selection, AnInfiniteBudgetBuysAllThatHelps) {
  const double endless = std::numeric_limits<double>::infinity();
  const Selection found =
      select_under_budget(std::vector<double>(40, 3.0), endless, sum_of(std::vector<double>(40, 1.0)),
                          how(SelectionMethod::greedy, Returns::constant));
  EXPECT_EQ(found.steps.size(), 40U);
  EXPECT_TRUE(found.optimal);  // by its bound: there is nothing left to add
}

TEST(Selection, WhatIsWrongIsToldInWords) {
  const std::vector<double> one{1};
  const WorthOf worth = sum_of({1});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto ask = [&](std::vector<double> cost, double budget) {
    return [=] { static_cast<void>(select_under_budget(cost, budget, sum_of({1, 1}))); };
  };
  expect_error(ErrorCode::invalid_value, "the budget is -1; it must be 0 or more.", ask({1}, -1));
  expect_error(ErrorCode::invalid_value, "the budget is nan; it must be 0 or more.", ask({1}, nan));
  expect_error(ErrorCode::invalid_value, "the cost of item 2 is -3; it must be finite and not negative.",
               ask({1, -3}, 1));
  expect_error(ErrorCode::invalid_value, "the cost of item 1 is nan; it must be finite and not negative.",
               ask({nan}, 1));
  expect_error(ErrorCode::invalid_value, "the cost of item 1 is inf; it must be finite and not negative.",
               ask({INFINITY}, 1));
  expect_error(ErrorCode::invalid_value, "the worth function gave nan; it must be finite.",
               [&] { static_cast<void>(select_under_budget(one, 1, sum_of({nan}))); });
  expect_error(ErrorCode::shape_mismatch, "the worth function gave 0 values for 2 sets.", [&] {
    static_cast<void>(select_under_budget(one, 1, [](auto, const Control&) { return std::vector<double>{}; }));
  });
  SelectionOptions options;
  options.least_gain = -1;
  expect_error(ErrorCode::invalid_argument, "the least gain of a selection is -1; it must be finite and not negative.",
               [&] { static_cast<void>(select_under_budget(one, 1, worth, options)); });
  options = {};
  options.exact_sets = 0;
  expect_error(ErrorCode::invalid_argument, "exact selection needs at least one set: choose `greedy` to do without.",
               [&] { static_cast<void>(select_under_budget(one, 1, worth, options)); });
  expect_error(
      ErrorCode::limit_exceeded,
      "over 4194304 sets are affordable, too many to compare. Give fewer items or less budget, or choose "
      "greedy.",
      [&] {
        static_cast<void>(select_under_budget(std::vector<double>(30, 1.0), 30, sum_of(std::vector<double>(30, 1.0)),
                                              how(SelectionMethod::exact)));
      });
}

TEST(Selection, CancelStopsItAndProgressNeverFalls) {
  CancelToken token;
  int asked = 0;
  const WorthOf worth = [&](std::span<const ItemSet> sets, const Control&) {
    if (++asked == 3) token.cancel();
    std::vector<double> out;
    for (const ItemSet& set : sets) out.push_back(static_cast<double>(set.size()));
    return out;
  };
  Control control;
  control.cancel = &token;
  EXPECT_EQ(impact_test::error_of([&] {
              static_cast<void>(
                  select_under_budget(std::vector<double>(9, 1.0), 5, worth, how(SelectionMethod::greedy), control));
            }).code(),
            ErrorCode::cancelled);
  EXPECT_EQ(asked, 3);
  token.reset();
  asked = 10;
  std::vector<double> told;
  control.progress = [&](double share) { told.push_back(share); };
  static_cast<void>(select_under_budget(std::vector<double>(9, 1.0), 5, worth, how(SelectionMethod::exact), control));
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 1);
}

}  // namespace
