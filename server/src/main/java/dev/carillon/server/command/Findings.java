package dev.carillon.server.command;

import dev.carillon.engine.reporting.Verification.Total;
import java.io.PrintWriter;
import java.util.List;

/** Prints what verifying found, the same for both ways of counting. */
final class Findings {
  private final PrintWriter out;

  Findings(PrintWriter out) {
    this.out = out;
  }

  void campaign(String id, List<String> differences) {
    differences.forEach(difference -> print("campaign " + id + ": " + difference));
  }

  /** Sums up; answers the exit code. */
  int end(Total total) {
    print(
        "Counted "
            + total.numbers()
            + " numbers of "
            + total.campaigns()
            + " campaigns again: "
            + (total.different() == 0 ? "all agree." : total.different() + " differ."));
    return total.different() == 0 ? 0 : 1;
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
