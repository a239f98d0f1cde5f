package dev.carillon.engine.provider;

import java.util.List;

/** A provider that can prove a connection's settings by asking, without sending anything. */
public interface ConnectionTest {

  /** Asks the provider and waits, at most the connection's time limit. Never throws. */
  Outcome test(Connection connection);

  /**
   * @param works whether messages could be sent now
   * @param words what was found, or what is wrong and who must act
   * @param details what the provider says about the connection, in the order to show it
   */
  record Outcome(boolean works, String words, List<Detail> details) {
    public Outcome {
      details = List.copyOf(details);
    }
  }

  /** One detail of a connection, such as its quality rating. */
  record Detail(String label, String value) {}
}
