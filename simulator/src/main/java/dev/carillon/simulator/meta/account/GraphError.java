package dev.carillon.simulator.meta.account;

import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as Meta's Graph API answers it, or as a failed status carries it.
 *
 * @param httpStatus of a direct answer
 * @param code what a client has to go by
 * @param subcode absent where Meta gives none
 * @param title short text that goes with the code
 * @param details what exactly was wrong; absent outside WhatsApp's own errors
 */
public record GraphError(
    int httpStatus, int code, @Nullable Integer subcode, String title, @Nullable String details) {

  private static final String HELP =
      "/documentation/business-messaging/whatsapp/support/error-codes";
  private static final int OWN_ERRORS_FROM = 130_000;
  private static final int UNKNOWN_OBJECT = 33;

  /** The error of this code as {@link GraphErrors} has it. */
  public static GraphError of(int code) {
    return GraphErrors.find(code);
  }

  public GraphError details(String text) {
    return new GraphError(httpStatus, code, subcode, title, text);
  }

  public GraphError subcode(int number) {
    return new GraphError(httpStatus, code, number, title, details);
  }

  public GraphError httpStatus(int status) {
    return new GraphError(status, code, subcode, title, details);
  }

  /** The answer that carries this error. */
  public WireAnswer.Reply reply(String traceId) {
    ObjectNode error = Json.object();
    error.put("message", message());
    error.put("type", type());
    error.put("code", code);
    if (details != null && code >= OWN_ERRORS_FROM) {
      error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
    } else if (details != null) {
      error.putObject("error_data").put("details", details);
    }
    if (subcode != null) {
      error.put("error_subcode", subcode.intValue());
    }
    error.put("fbtrace_id", traceId);
    ObjectNode body = Json.object();
    body.set("error", error);
    return WireAnswer.json(httpStatus, Json.write(body), Map.of("x-fb-trace-id", traceId));
  }

  /** The error as a failed status lists it. */
  public ObjectNode inStatus() {
    ObjectNode error = Json.object();
    error.put("code", code).put("title", title).put("message", title);
    error.putObject("error_data").put("details", details == null ? title : details);
    return error.put("href", HELP);
  }

  private String message() {
    boolean bare = code == 0 || code == 190 || unknownObject();
    return bare ? title : "(#" + code + ") " + title;
  }

  private String type() {
    return unknownObject() ? "GraphMethodException" : "OAuthException";
  }

  private boolean unknownObject() {
    return Integer.valueOf(UNKNOWN_OBJECT).equals(subcode);
  }
}
