package dev.carillon.simulator.wire;

/** A part of the simulator that answers some of the requests. Must be thread-safe. */
public interface WireEndpoint {

  /** Whether {@link #answer} is to answer this request. */
  boolean claims(WireRequest request);

  /** Answers; may block, each request has its own thread. */
  WireAnswer answer(WireRequest request);
}
