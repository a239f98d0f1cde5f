package dev.carillon.engine.port;

/** A store in which what was appended can be read a moment later. */
public interface Settling {

  /**
   * Waits until all that was appended before this call can be read and what derives from it
   * (conversions, replies, matched statuses) is there too. A goal event that is dated ahead is a
   * conversion when its time has come by the store's clock: then settling waits for it as well, and
   * listeners hear of it a moment later even without settling.
   */
  void settle();
}
