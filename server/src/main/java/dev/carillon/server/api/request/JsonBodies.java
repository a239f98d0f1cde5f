package dev.carillon.server.api.request;

import dev.carillon.server.ingest.BodyBudget;
import dev.carillon.server.ingest.BodyLease;
import dev.carillon.server.ingest.BodyReader;
import dev.carillon.server.ingest.HeldBodies;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Reads the bodies of the API, within a limit and within what all requests may hold together, and
 * counts what becomes of one when it is parsed.
 */
@Component
class JsonBodies implements HttpMessageConverter<byte[]> {
  /** More than the largest document, so that one that is a little too large is answered by it. */
  private static final int LIMIT = 2 << 20;

  /** A parsed document takes several times the memory of its text. */
  private static final int TREE = 7;

  private final BodyBudget bodies;

  JsonBodies(BodyBudget bodies) {
    this.bodies = bodies;
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return type == byte[].class;
  }

  @Override
  public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  public List<MediaType> getSupportedMediaTypes() {
    return List.of(MediaType.ALL);
  }

  @Override
  public byte[] read(Class<? extends byte[]> type, HttpInputMessage message) throws IOException {
    if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
        message.getHeaders().getContentType())) {
      // What is left of the body is what a form was understood to be in it.
      throw new ApiException(
          415,
          "unsupportedMediaType",
          "The body is sent as a form, which is what curl -d says by itself. Send it with the header"
              + " Content-Type: application/json.");
    }
    ServletRequestAttributes current =
        (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    BodyLease lease = HeldBodies.lease(current.getRequest(), bodies.known());
    long announced = message.getHeaders().getContentLength();
    try (BodyReader body = BodyReader.of(message.getBody(), announced, lease, LIMIT)) {
      byte[] whole = body.readAll();
      lease.take(TREE * whole.length);
      return whole;
    }
  }

  @Override
  public void write(byte[] bytes, @Nullable MediaType contentType, HttpOutputMessage message) {
    throw new UnsupportedOperationException("only for reading");
  }
}
