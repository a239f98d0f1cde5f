package dev.carillon.engine.port.campaign;

/** More users qualify for a run than its safety limit allows. */
public final class TooManyQualifyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long qualified;

  public TooManyQualifyException(long qualified) {
    super(qualified + " users qualify", null, false, false);
    this.qualified = qualified;
  }

  public long qualified() {
    return qualified;
  }
}
