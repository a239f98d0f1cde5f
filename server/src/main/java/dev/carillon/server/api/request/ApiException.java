package dev.carillon.server.api.request;

import java.util.List;

/**
 * A request that cannot be answered as asked. It becomes a problem document (RFC 9457) with a
 * stable {@code code}, and {@code errors} where several things are wrong at once.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String words;
  private final transient List<Detail> errors;

  public ApiException(int status, String code, String words, List<Detail> errors) {
    super(words, null, false, false);
    this.status = status;
    this.code = code;
    this.words = words;
    this.errors = List.copyOf(errors);
  }

  public ApiException(int status, String code, String words) {
    this(status, code, words, List.of());
  }

  /** There is no such thing, or none that the caller may see. */
  public static ApiException notFound(String what) {
    return new ApiException(404, "notFound", "There is no such " + what + ".");
  }

  /** One parameter of the request is wrong. */
  public static ApiException badParameter(String name, String words) {
    return new ApiException(
        400, "invalidParameter", words, List.of(new Detail("/" + name, "invalid", words)));
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String words() {
    return words;
  }

  public List<Detail> errors() {
    return errors;
  }

  /**
   * One thing that is wrong.
   *
   * @param pointer JSON pointer into the request's body, or / and a parameter's name
   * @param code a stable word
   * @param detail what is wrong and how to fix it
   */
  public record Detail(String pointer, String code, String detail) {}
}
