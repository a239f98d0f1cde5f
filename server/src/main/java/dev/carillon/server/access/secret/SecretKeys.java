package dev.carillon.server.access.secret;

import dev.carillon.core.Sha256;
import dev.carillon.engine.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that seal secrets: Base64 of 256 bits each, one a line or separated by commas. The first
 * seals; all of them open, so that a new key is put in front and the old one kept until everything
 * was sealed again.
 */
public final class SecretKeys {
  /** Bytes of a key's id: the first of the key's SHA-256 hash. */
  static final int ID = 4;

  private static final Logger log = LoggerFactory.getLogger(SecretKeys.class);
  private static final String FILE = "secrets.key";
  private static final int KEY_BYTES = 32;

  private final @Nullable Path file;
  private volatile List<Key> keys;

  private SecretKeys(@Nullable Path file, List<Key> keys) {
    this.file = file;
    this.keys = List.copyOf(keys);
  }

  /** The keys in this text. */
  public static SecretKeys of(String text) {
    List<Key> keys = parsed(text);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("There is no key to seal secrets with.");
    }
    return new SecretKeys(null, keys);
  }

  private static List<Key> parsed(String text) {
    List<Key> keys = new ArrayList<>();
    for (String one : text.split("[,\\s]+", -1)) {
      if (!one.isEmpty()) {
        keys.add(Key.of(one));
      }
    }
    return keys;
  }

  /**
   * The keys in the data folder's file. When there is none, it is made once there is something to
   * seal: a file that was forgotten at a restore can still be put in its place.
   */
  public static SecretKeys inFolder(Path folder) {
    Path file = folder.resolve(FILE);
    return new SecretKeys(file, read(file));
  }

  private static List<Key> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      warnIfOthersMayRead(file);
      List<Key> keys = parsed(Files.readString(file));
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("There is no key in " + file + ".");
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("The keys in " + file + " cannot be used", e);
    }
  }

  /** The key that seals. */
  Key current() {
    if (keys().isEmpty() && file != null) {
      try {
        OwnerOnly.folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        create(file);
      } catch (IOException e) {
        throw new UncheckedIOException("The key file " + file + " cannot be made", e);
      }
    }
    return keys().getFirst();
  }

  Optional<Key> find(byte[] id) {
    return keys().stream().filter(key -> Arrays.equals(key.id(), id)).findFirst();
  }

  /** The keys, also of a file that was made since the last look. */
  private List<Key> keys() {
    if (keys.isEmpty() && file != null) {
      keys = read(file);
    }
    return keys;
  }

  /** Whole on the disk under its name, or not there at all: losing it loses every secret. */
  private static void create(Path file) throws IOException {
    byte[] bits = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bits);
    Path draft = OwnerOnly.draft(file, Base64.getEncoder().encodeToString(bits) + "\n");
    try {
      // A link, unlike a move, never replaces a key that another process made meanwhile.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      log.debug("Another process made {}", file);
    } finally {
      Files.delete(draft);
    }
  }

  private static void warnIfOthersMayRead(Path file) throws IOException {
    if (OwnerOnly.isOpenToOthers(file)) {
      log.warn(
          "Others may read {}, which opens the secrets of all connections; chmod 600 it", file);
    }
  }

  /** A key and the id that sealed texts name it by. */
  record Key(byte[] id, byte[] bits) {

    static Key of(String base64) {
      byte[] bits;
      try {
        bits = Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("A key to seal secrets with is not Base64.");
      }
      if (bits.length != KEY_BYTES) {
        throw new IllegalArgumentException("A key to seal secrets with has 32 bytes in Base64.");
      }
      byte[] hash = Sha256.newDigest().digest(bits);
      return new Key(Arrays.copyOf(hash, ID), bits);
    }

    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }
}
