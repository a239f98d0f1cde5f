package dev.carillon.engine.port;

/**
 * The data was written by a newer version of the program, in a format that this one cannot read.
 */
public final class NewerFormatException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what was met and who wrote it, as a sentence for an operator
   */
  public NewerFormatException(String what) {
    super(
        what
            + " Start the version that wrote it, or restore a backup that was made before that"
            + " version was installed. Nothing was changed.");
  }
}
