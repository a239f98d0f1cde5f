package dev.carillon.simulator.meta.account;

import dev.carillon.simulator.time.SeededDraws;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** Makes message ids that look like WhatsApp's: the person's number and a serial, in Base64. */
public final class Wamids {

  private Wamids() {}

  /**
   * The id of a message; {@code number} counts the messages of that {@code direction} ({@code out}
   * from the business, {@code in} from the person) within the pair. The moment is part of it, so
   * that a simulator started again with the same seed does not hand out the same ids again.
   */
  public static String of(
      long seed, String phoneNumberId, String waId, String direction, int number, Instant at) {
    long serial =
        SeededDraws.hash(
            seed, "wamid", phoneNumberId, waId, direction, Integer.toString(number), at.toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x1d, 0x18, (byte) waId.length()});
    bytes.writeBytes(waId.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(
        new byte[] {0x15, 0x02, 0x00, (byte) (direction.equals("out") ? 0x11 : 0x12), 0x18, 0x12});
    String serialText = "3E" + HexFormat.of().withUpperCase().toHexDigits(serial);
    bytes.writeBytes(serialText.getBytes(StandardCharsets.US_ASCII));
    bytes.write(0);
    return "wamid." + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
