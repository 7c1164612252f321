#pragma once

// What tests of bad input look at: code, and words in both languages.

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "chainqual/core/error.hpp"

namespace impact_test {

/// The error that `act` throws; code ok where it throws none.
inline chainqual::Error error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const chainqual::Error& error) {
    return error;
  }
  return {chainqual::ErrorCode::ok, {"没有出错", "no error"}};
}

inline void expect_error(chainqual::ErrorCode code, const std::string& message, const std::function<void()>& act) {
  const chainqual::Error error = error_of(act);
  EXPECT_EQ(error.code(), code) << error.what();
  EXPECT_EQ(error.message().en, message);
  EXPECT_FALSE(error.message().zh.empty());
}

/// The same where only part of the message is asked for.
inline void expect_error_with(chainqual::ErrorCode code, const std::string& words, const std::function<void()>& act) {
  const chainqual::Error error = error_of(act);
  EXPECT_EQ(error.code(), code) << error.what();
  EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
  EXPECT_FALSE(error.message().zh.empty());
}

}  // namespace impact_test
