#include <chainqual/chainqual.hpp>
#include <iostream>

int main() {
  const chainqual::SeverityModel model;
  const auto severity = model.grade({.impact = 5, .diffusion = 4, .urgency = 4});
  std::cout << severity.total.to_string() << ' ' << chainqual::stars(severity.grade) << '\n';
}
