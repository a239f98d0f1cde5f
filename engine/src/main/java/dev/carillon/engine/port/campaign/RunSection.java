package dev.carillon.engine.port.campaign;

import java.util.List;

/**
 * The messages of a run that go through one connection. They are numbered one after the other.
 *
 * @param connection the connection's id
 * @param firstSeq the number of the section's first message
 * @param count how many messages follow from there, 0 or more
 */
public record RunSection(int connection, int firstSeq, int count) {
  public RunSection {
    if (firstSeq < 0 || count < 0) {
      throw new IllegalArgumentException("a section has 0 or more messages");
    }
    Math.addExact(firstSeq, count);
  }

  /** The number after the section's last message. */
  public int endSeq() {
    return firstSeq + count;
  }

  /**
   * How many messages there are in the sections of a run.
   *
   * @param firstSeq the number of the run's first message
   * @throws IllegalArgumentException when a section does not begin where the one before ends
   */
  public static int messages(int firstSeq, List<RunSection> sections) {
    int end = firstSeq;
    for (RunSection section : sections) {
      if (section.firstSeq != end) {
        throw new IllegalArgumentException(
            "a section begins at " + section.firstSeq + " instead of " + end);
      }
      end = section.endSeq();
    }
    return end - firstSeq;
  }
}
