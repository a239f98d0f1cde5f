package dev.carillon.server.access.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.access.secret.SecretBox.UnsealException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed secrets open whole, for their connection, with their key, or not at all. */
class SecretBoxTest {
  private static final byte[] TEXT = "EAAG token ✓".getBytes(UTF_8);
  private static final String CONTEXT = "connection 7 sms-twilio";

  @TempDir private Path folder;

  @Test
  void whatWasSealedOpens() {
    SecretBox box = new SecretBox(SecretKeys.of(key(1)));
    byte[] sealed = box.seal(TEXT, CONTEXT);

    assertThat(box.open(sealed, CONTEXT)).isEqualTo(TEXT);
    assertThat(new String(sealed, UTF_8)).doesNotContain("EAAG");
    assertThat(box.seal(TEXT, CONTEXT)).isNotEqualTo(sealed);
    assertThat(box.open(box.seal(new byte[0], CONTEXT), CONTEXT)).isEmpty();
  }

  @Test
  void anyChangedBitIsNoticed() {
    SecretBox box = new SecretBox(SecretKeys.of(key(1)));
    byte[] sealed = box.seal(TEXT, CONTEXT);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> box.open(changed, CONTEXT))
          .as("bit %d", bit)
          .isInstanceOf(UnsealException.class);
    }
  }

  @Test
  void anyCutIsNoticed() {
    SecretBox box = new SecretBox(SecretKeys.of(key(1)));
    byte[] sealed = box.seal(TEXT, CONTEXT);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> box.open(cut, CONTEXT)).isInstanceOf(UnsealException.class);
    }
    assertThatThrownBy(() -> box.open(Arrays.copyOf(sealed, sealed.length + 1), CONTEXT))
        .isInstanceOf(UnsealException.class);
  }

  @Test
  void anotherContextDoesNotOpenIt() {
    SecretBox box = new SecretBox(SecretKeys.of(key(1)));
    byte[] sealed = box.seal(TEXT, CONTEXT);

    assertThatThrownBy(() -> box.open(sealed, "connection 8 sms-twilio"))
        .isInstanceOf(UnsealException.class);
  }

  @Test
  void anOldKeyOpensButOnlyTheFirstSeals() {
    byte[] before = new SecretBox(SecretKeys.of(key(1))).seal(TEXT, CONTEXT);
    SecretBox rotated = new SecretBox(SecretKeys.of(key(2) + "\n" + key(1) + "\n"));

    assertThat(rotated.open(before, CONTEXT)).isEqualTo(TEXT);
    byte[] after = rotated.seal(TEXT, CONTEXT);
    assertThat(new SecretBox(SecretKeys.of(key(2))).open(after, CONTEXT)).isEqualTo(TEXT);
    assertThatThrownBy(() -> new SecretBox(SecretKeys.of(key(2))).open(before, CONTEXT))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void theFirstSecretMakesAKeyThatOnlyTheOwnerReads() throws IOException {
    assertThatThrownBy(
            () ->
                new SecretBox(SecretKeys.inFolder(folder.resolve("data")))
                    .open(new SecretBox(SecretKeys.of(key(1))).seal(TEXT, CONTEXT), CONTEXT))
        .isInstanceOf(UnsealException.class);
    assertThat(folder.resolve("data")).doesNotExist();

    SecretBox first = new SecretBox(SecretKeys.inFolder(folder.resolve("data")));
    SecretBox second = new SecretBox(SecretKeys.inFolder(folder.resolve("data")));

    assertThat(second.open(first.seal(TEXT, CONTEXT), CONTEXT)).isEqualTo(TEXT);
    Path file = folder.resolve("data/secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("data"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> SecretKeys.of(" \n")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecretKeys.of("hunter2hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
    assertThatCode(() -> SecretKeys.of(key(1) + "," + key(2))).doesNotThrowAnyException();
    assertThat(SecretKeys.of(key(1)).current().toString()).isEqualTo("Key[hidden]");
  }

  private static String key(int fill) {
    byte[] bits = new byte[32];
    Arrays.fill(bits, (byte) fill);
    return Base64.getEncoder().encodeToString(bits);
  }
}
