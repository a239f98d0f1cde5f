package dev.carillon.engine.port.audience;

import java.io.IOException;

/** The rows of a list, read once. */
@FunctionalInterface
public interface ListRows {
  void read(ListRowReader reader) throws IOException;
}
