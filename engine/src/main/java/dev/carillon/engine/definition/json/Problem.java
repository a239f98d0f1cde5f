package dev.carillon.engine.definition.json;

/**
 * One thing that is wrong with a JSON document.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole document
 * @param code what, stable for programs
 * @param words what is wrong and what to do, for people; it never repeats more than a name of what
 *     was sent in
 */
public record Problem(String pointer, Code code, String words) {

  /** What can be wrong; {@link #key()} is the name in JSON. */
  public enum Code {
    /** The text is not JSON, or nests or repeats in ways that nothing here does. */
    MALFORMED("malformed"),
    /** A member is missing. */
    REQUIRED("required"),
    /** A member that does not exist here. */
    UNKNOWN_MEMBER("unknownMember"),
    /** A value of another JSON type than asked for. */
    WRONG_TYPE("wrongType"),
    /** A value that is none of the known ones. */
    UNKNOWN_VALUE("unknownValue"),
    /** A text that is not written as asked for. */
    BAD_FORMAT("badFormat"),
    /** A number or length outside its range. */
    OUT_OF_RANGE("outOfRange"),
    /** A text that is too long. */
    TOO_LONG("tooLong"),
    /** A list, or all the rules together, that are too many. */
    TOO_MANY("tooMany"),
    /** Rules that nest too deeply. */
    TOO_DEEP("tooDeep"),
    /** Something that must not be empty. */
    EMPTY("empty"),
    /** Members that do not go together. */
    CONTRADICTION("contradiction"),
    /** A part of the contract that this version does not serve. */
    NOT_AVAILABLE("notAvailable");

    private final String key;

    Code(String key) {
      this.key = key;
    }

    /** The stable name. */
    public String key() {
      return key;
    }
  }
}
