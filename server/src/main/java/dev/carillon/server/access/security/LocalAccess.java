package dev.carillon.server.access.security;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Caller;
import dev.carillon.server.ingest.PresentedKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatchers;

/**
 * Lets a command on this machine ask the server that has the data folder open. While the server
 * runs, a file in the folder, readable by its owner only, holds its address and a token that is
 * good for this process, for verifying and for dead letters alone. Thread-safe.
 */
public final class LocalAccess implements AutoCloseable {
  /** The address for verifying. */
  public static final String VERIFY = "/api/v1/verify";

  /** Where dead letters are listed. */
  public static final String DEAD_LETTERS = "/api/v1/dead-letters";

  /** Where dead letters are applied again. */
  public static final String DEAD_LETTERS_RETRY = "/api/v1/dead-letters/retry";

  /** What the token lets do. */
  static final String AUTHORITY = "local:command";

  static final String FILE = "running-server";

  private static final Logger log = LoggerFactory.getLogger(LocalAccess.class);
  private static final int TOKEN_BYTES = 32;
  private static final RequestMatcher PLACE =
      RequestMatchers.anyOf(
          PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, VERIFY),
          PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, DEAD_LETTERS),
          PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, DEAD_LETTERS_RETRY));

  private final Path file;
  private final String token;

  LocalAccess(Path data) {
    this.file = data.resolve(FILE);
    byte[] bits = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bits);
    this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /**
   * Where the server on a data folder is reached, as it noted when it was ready.
   *
   * @param server its address, without a slash at the end
   */
  public record Notice(URI server, String token) {
    @Override
    public String toString() {
      return "Notice[" + server + "]";
    }
  }

  /**
   * The notice in a data folder; one that a server left when it was killed looks the same. Empty
   * when there is none.
   *
   * @throws IOException when it is there and may not be read, or is not one
   */
  public static Optional<Notice> notice(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(data.resolve(FILE), StandardCharsets.UTF_8);
      if (lines.size() != 2) {
        throw new IOException(data.resolve(FILE) + " is not a server's notice");
      }
      return Optional.of(new Notice(URI.create(lines.get(0)), lines.get(1)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Notes the address once requests are taken. */
  @EventListener
  void ready(ApplicationReadyEvent ready) {
    Environment environment = ready.getApplicationContext().getEnvironment();
    try {
      Path draft = OwnerOnly.draft(file, address(environment) + "\n" + token + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      log.warn("Commands cannot ask this server, as {} cannot be written", file, failed);
    }
  }

  private static URI address(Environment environment) throws IOException {
    String bound = environment.getProperty("server.address", "");
    boolean everywhere = bound.isEmpty() || InetAddress.getByName(bound).isAnyLocalAddress();
    String host =
        everywhere
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : InetAddress.getByName(bound).getHostAddress();
    boolean encrypted = environment.getProperty("server.ssl.enabled", Boolean.class, false);
    return URI.create(
        (encrypted ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + environment.getRequiredProperty("local.server.port")
            + environment.getProperty("server.servlet.context-path", ""));
  }

  /** The caller, when the request has the token and asks for what it permits; else empty. */
  Optional<Authentication> opens(HttpServletRequest request) {
    return PLACE.matches(request) && PresentedKey.of(request).filter(this::isToken).isPresent()
        ? Optional.of(
            UsernamePasswordAuthenticationToken.authenticated(
                new Caller(Actor.COMMAND_LINE, Set.of()),
                null,
                List.of(new SimpleGrantedAuthority(AUTHORITY))))
        : Optional.empty();
  }

  private boolean isToken(String shown) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the notice away. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      log.debug("{} stays; it opens nothing any more", file);
    }
  }
}
