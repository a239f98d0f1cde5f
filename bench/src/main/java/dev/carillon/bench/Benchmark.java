package dev.carillon.bench;

import java.util.List;

/** One comparison: what Carillon does, measured beside a peer that does only the bare work. */
interface Benchmark {

  /** The name on the command line. */
  String name();

  /** What is measured beside what, in a sentence. */
  String what();

  /**
   * Measures. Everything that it makes is in the folder, which is deleted afterwards.
   *
   * @throws Exception when it cannot be measured, or when the two sides do not agree
   */
  List<Figure> run(Sizes sizes, TempFolder folder) throws Exception;
}
