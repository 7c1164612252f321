#pragma once

#include <string>

namespace chainqual::testing {

/// A PostgreSQL server, run as an unprivileged user, that ends with the test program however that ends. It lives in a
/// temporary folder and listens on a socket there.
class Server {
 public:
  /// The one that the tests of a program share.
  [[nodiscard]] static Server& instance();
  Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// The address of a fresh schema.
  [[nodiscard]] std::string fresh_address();
  /// Ends the server without a chance to write anything, and starts it again.
  void crash();

 private:
  void start();
  std::string folder_;
  int process_ = -1;
  int schemas_ = 0;
};

/// Runs SQL on a server; the first cell of the result, or what the server said against it.
std::string run_postgresql(const std::string& address, const std::string& sql);

}  // namespace chainqual::testing
