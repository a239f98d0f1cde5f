package dev.carillon.storage.embedded.problem;

/**
 * So many entries one after the other could not be applied that the program must be at fault, not
 * they: none of them is kept as a dead letter any more.
 */
public final class TooManyDeadLettersException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason why the last one could not be applied, without anybody's data
   */
  public TooManyDeadLettersException(int inARow, String reason) {
    super(
        inARow
            + " entries in a row could not be applied, which is no fault of theirs; the last one: "
            + reason);
  }
}
