package dev.carillon.engine.port.facts;

/** The part of a store of facts that ties it to the metadata beside it. */
public interface StampedFacts {

  /** What the facts know of themselves and of the metadata. */
  FactsMarks marks();

  /** Notes which installation the facts belong to, durably. */
  void stamp(FactsStamp stamp);

  /** The position after the last durable entry. */
  long end();
}
