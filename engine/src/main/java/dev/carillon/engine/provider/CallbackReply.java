package dev.carillon.engine.provider;

/**
 * What to answer a provider.
 *
 * @param status HTTP status
 * @param contentType of the body; empty without one
 * @param body empty for none
 */
public record CallbackReply(int status, String contentType, String body) {

  /** 200 and nothing more. */
  public static final CallbackReply OK = empty(200);

  /** Without a body. */
  public static CallbackReply empty(int status) {
    return new CallbackReply(status, "", "");
  }

  /** 200 with plain text. */
  public static CallbackReply text(String text) {
    return new CallbackReply(200, "text/plain;charset=UTF-8", text);
  }
}
