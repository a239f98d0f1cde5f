package dev.carillon.server.pages.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of styles, scripts and icons. Each names its content or its version, so browsers
 * may keep it for ever. Thread-safe.
 */
public final class Assets {
  /** Where libraries are on the class path, below META-INF/resources. */
  static final String TABLER = "/webjars/tabler__core/1.4.0/dist/css/tabler.min.css";

  static final String HTMX = "/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  static final String ECHARTS = "/_static/echarts/6.0.0/dist/echarts.common.min.js";

  private static final int DIGITS = 12;
  private final Map<String, String> addresses = new ConcurrentHashMap<>();

  public String tabler() {
    return TABLER;
  }

  public String htmx() {
    return HTMX;
  }

  public String echarts() {
    return ECHARTS;
  }

  /** The address of one of our own files in the folder static/assets. */
  public String own(String file) {
    return addresses.computeIfAbsent(file, f -> "/assets/" + f + "?v=" + digest(f));
  }

  /** The address of an icon in the sprite. */
  public String icon(String name) {
    return own("icons.svg") + "#" + name;
  }

  private static String digest(String file) {
    try (InputStream in = Assets.class.getResourceAsStream("/static/assets/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no asset " + file);
      }
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
