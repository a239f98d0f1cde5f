package dev.carillon.engine.audience;

import java.util.List;

/** Why something asked of a segment or a list was not done; nothing was changed. */
public abstract sealed class AudienceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AudienceException(String message) {
    super(message);
  }

  /** There is none with that id. */
  public static final class Unknown extends AudienceException {
    private static final long serialVersionUID = 1L;

    public Unknown(String what, int id) {
      super("There is no " + what + " " + id + ".");
    }
  }

  /** A rule refers to segments or lists that do not exist. */
  public static final class UnknownReferences extends AudienceException {
    private static final long serialVersionUID = 1L;

    private final transient List<SavedRules.Place> places;

    UnknownReferences(List<SavedRules.Place> places) {
      super("The rule names a segment or a list that does not exist.");
      this.places = List.copyOf(places);
    }

    /** Where in the rule, one or more. */
    public List<SavedRules.Place> places() {
      return places;
    }
  }

  /** Segments would refer to each other in a circle. */
  public static final class Circle extends AudienceException {
    private static final long serialVersionUID = 1L;

    Circle(List<Integer> ids) {
      super("Segments refer to each other in a circle: " + ids + ".");
    }

    Circle(String names) {
      super("Segments would refer to each other in a circle: " + names + ".");
    }
  }

  /** A rule comes to more than the store can take in one statement. */
  public static final class TooLarge extends AudienceException {
    private static final long serialVersionUID = 1L;

    TooLarge(String words) {
      super(words);
    }
  }

  /** It is used, so it cannot go; or a change would reach campaigns that are still to be sent. */
  public static final class InUse extends AudienceException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Usage usage;

    private InUse(String code, String words, Usage usage) {
      super(words);
      this.code = code;
      this.usage = usage;
    }

    /** It cannot be deleted. */
    static InUse needed(String kind, String name, Usage holding) {
      return new InUse(
          kind + "InUse",
          name + " is used by " + holding.names() + ". Change those first.",
          holding);
    }

    /** It can be changed only after a confirmation that names what it affects. */
    static InUse unconfirmed(String kind, Usage touched) {
      return new InUse(
          kind + "InUse",
          "The change decides whom these campaigns will select: "
              + touched.names()
              + ". Repeat it with confirm=true when that is meant.",
          touched);
    }

    /** A stable word for programs. */
    public String code() {
      return code;
    }

    /** Who uses it, as far as it matters here. */
    public Usage usage() {
      return usage;
    }
  }

  /** A file of a list cannot be read. */
  public static final class Unreadable extends AudienceException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field what of the request is wrong: file, name, column or match
     */
    public Unreadable(String field, String words) {
      super(words);
      this.field = field;
    }

    public String field() {
      return field;
    }
  }
}
