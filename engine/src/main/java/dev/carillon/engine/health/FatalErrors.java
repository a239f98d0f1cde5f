package dev.carillon.engine.health;

/** Tells the errors that a process cannot survive from those that one piece of work failed with. */
public final class FatalErrors {
  private static final int LONGEST_CHAIN = 20;

  private FatalErrors() {}

  /**
   * Whether the state of the whole process is unknown after this: no memory was left, or the JVM
   * itself broke. A stack that overflowed harms only its own work.
   */
  public static boolean isFatal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Throws a fatal error on, to the code that ends the process; returns for any other failure. */
  public static void rethrow(Throwable failure) {
    if (isFatal(failure)) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(failure);
    }
  }
}
