package dev.carillon.server.ingest;

import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.intake.clevertap.UploadReader;
import dev.carillon.server.connector.ConnectionValve;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** {@code POST /1/upload}: users and events in CleverTap's format. */
public final class UploadServlet extends IngestServlet {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT = 16 * 1024 * 1024;

  private final transient Intake intake;
  private final transient KeyCheck keys;
  private final transient BodyBudget bodies;
  private final transient InstantSource clock;

  public UploadServlet(Intake intake, KeyCheck keys, BodyBudget bodies, InstantSource clock) {
    this.intake = intake;
    this.keys = keys;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Sender sender = PresentedKey.of(request).flatMap(keys::sender).orElse(null);
    if (sender == null) {
      refuse(
          response, 401, "invalidKey", "The API key is missing, unknown or may not send data in.");
      return;
    }
    ConnectionValve.known(request);
    try (BodyLease lease = bodies.known().lease();
        BodyReader body = BodyReader.of(request, lease, LIMIT)) {
      Upload upload = read(body.readAll(), sender);
      if (!"1".equals(request.getParameter("dryRun"))) {
        intake.accept(upload);
      }
      json(response, 200, answer(upload));
    }
  }

  private Upload read(byte[] body, Sender sender) throws RefusedBodyException {
    try {
      return new UploadReader(sender).read(body, clock.instant());
    } catch (MalformedBodyException malformed) {
      throw new RefusedBodyException(400, "malformedBody", String.valueOf(malformed.getMessage()));
    }
  }

  private static ObjectNode answer(Upload upload) {
    ObjectNode answer = MAPPER.createObjectNode();
    boolean all = upload.refused().isEmpty();
    answer.put("status", all ? "success" : upload.processed() > 0 ? "partial" : "fail");
    answer.put("processed", upload.processed());
    ArrayNode unprocessed = answer.putArray("unprocessed");
    for (Upload.Refused refused : upload.refused()) {
      unprocessed
          .addObject()
          .put("status", "fail")
          .put("code", refused.error().code())
          .put("error", refused.error().words())
          .put("index", refused.index())
          .set("record", MAPPER.getNodeFactory().rawValueNode(new RawValue(refused.record())));
    }
    return answer;
  }

  @Override
  void refuse(HttpServletResponse response, int status, String code, String words)
      throws IOException {
    json(
        response,
        status,
        MAPPER
            .createObjectNode()
            .put("status", "fail")
            .put("processed", 0)
            .put("error", words)
            .put("code", code));
  }
}
