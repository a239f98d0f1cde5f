package dev.carillon.core.user;

/**
 * Where a record stands in what a source sent. It orders records of one time, and recognises a body
 * that is sent again.
 *
 * @param body names the request or the file by its content: 1 or more, the same when it comes
 *     again; 0 when it is not known
 * @param position place among the records of the body, from 0
 */
public record BodyPlace(long body, int position) {
  /** The place of what was kept before places were. */
  public static final BodyPlace UNKNOWN = new BodyPlace(0, 0);
}
