package dev.carillon.server.ingest;

import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.intake.segment.SegmentReader;
import dev.carillon.engine.intake.segment.WriteKey;
import dev.carillon.server.connector.ConnectionValve;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/...}: users and events as Segment's libraries send them. */
public final class SegmentServlet extends IngestServlet {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT = 8 * 1024 * 1024;

  /** So much is read of a body whose key is not in the header, to find it there. */
  private static final int READ_FOR_KEY = 512 * 1024;

  private static final Set<String> SINGLE =
      Set.of("identify", "track", "alias", "page", "screen", "group");

  /** As the library for browsers writes them. */
  private static final Map<String, String> LETTERS =
      Map.of("i", "identify", "t", "track", "a", "alias", "p", "page", "s", "screen", "g", "group");

  /** What the library for browsers sends; the last one as it tries again. */
  private static final String ALLOWED_HEADERS = "Authorization, Content-Type, X-Retry-Count";

  private static final Set<String> BATCH = Set.of("batch", "import", "b");

  private final transient Intake intake;
  private final transient KeyCheck keys;
  private final transient BodyBudget bodies;
  private final transient InstantSource clock;

  public SegmentServlet(Intake intake, KeyCheck keys, BodyBudget bodies, InstantSource clock) {
    this.intake = intake;
    this.keys = keys;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = path(request);
    if (!isKnown(path)) {
      refuse(response, 404, "notFound", "There is no such endpoint.");
      return;
    }
    // A key in the header is judged before the body is read; one in the body must wait for it.
    Optional<String> headerKey = PresentedKey.of(request).filter(key -> !key.isEmpty());
    Sender sender = headerKey.flatMap(keys::sender).orElse(null);
    if (headerKey.isPresent() && sender == null) {
      refuseKey(response);
      return;
    }
    if (sender != null) {
      allowOrigins(response, sender);
    }
    BodyBudget.Share share = headerKey.isPresent() ? bodies.known() : bodies.unknown();
    try (BodyLease lease = share.lease();
        BodyReader body = BodyReader.of(request, lease, LIMIT)) {
      if (headerKey.isEmpty()) {
        body.readUpTo(READ_FOR_KEY);
        sender = WriteKey.in(body.bytes(), body.length()).flatMap(keys::sender).orElse(null);
        if (sender != null) {
          lease.moveTo(bodies.known());
        }
      }
      if (sender == null) {
        refuseKey(response);
        return;
      }
      allowOrigins(response, sender);
      ConnectionValve.known(request);
      answer(response, path, read(path, body.readAll(), sender));
    }
  }

  /** A page of another origin asks whether it may send; its key comes with what it sends then. */
  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isKnown(path(request))) {
      refuse(response, 404, "notFound", "There is no such endpoint.");
      return;
    }
    allowOrigins(response);
    response.setHeader("Access-Control-Allow-Methods", "POST");
    response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
    response.setHeader("Access-Control-Max-Age", "86400");
    response.setHeader("Allow", "POST, OPTIONS");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** A page may read the answer to a key that it may hold. */
  private static void allowOrigins(HttpServletResponse response, Sender sender) {
    if (!sender.trusted()) {
      allowOrigins(response);
    }
  }

  private static void allowOrigins(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
  }

  private static String path(HttpServletRequest request) {
    String path = String.valueOf(request.getPathInfo()).replace("/", "");
    return LETTERS.getOrDefault(path, path);
  }

  private static boolean isKnown(String path) {
    return SINGLE.contains(path) || BATCH.contains(path);
  }

  private Upload read(String path, byte[] body, Sender sender) throws RefusedBodyException {
    SegmentReader reader = new SegmentReader(sender);
    try {
      return reader.read(SINGLE.contains(path) ? path : null, body, clock.instant());
    } catch (MalformedBodyException malformed) {
      throw new RefusedBodyException(400, "malformedBody", String.valueOf(malformed.getMessage()));
    }
  }

  private void answer(HttpServletResponse response, String path, Upload upload) throws IOException {
    intake.accept(upload);
    if (SINGLE.contains(path) && !upload.refused().isEmpty()) {
      throw new RefusedBodyException(
          400, "invalidMessage", upload.refused().getFirst().error().words());
    }
    ObjectNode answer = MAPPER.createObjectNode().put("success", true);
    if (!upload.refused().isEmpty()) {
      ArrayNode rejected = answer.putArray("rejected");
      for (Upload.Refused refused : upload.refused()) {
        rejected
            .addObject()
            .put("index", refused.index())
            .put("code", refused.error().code())
            .put("error", refused.error().words());
      }
    }
    json(response, 200, answer);
  }

  private void refuseKey(HttpServletResponse response) throws IOException {
    allowOrigins(response);
    refuse(
        response, 401, "invalidKey", "The write key is missing, unknown or may not send data in.");
  }

  @Override
  void refuse(HttpServletResponse response, int status, String code, String words)
      throws IOException {
    json(
        response,
        status,
        MAPPER.createObjectNode().put("success", false).put("code", code).put("message", words));
  }
}
