package dev.carillon.core.ledger;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.PlannedAttribute;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * How a ledger is written: a version and a checksum, then plan, marks, events and texts, each set
 * in Roaring's portable format. What is damaged is refused, for the numbers must be exact.
 */
final class LedgerFormat {
  private static final int MAGIC = 0x4361726c;
  private static final int VERSION = 4;

  private static final int PIECE = 1 << 20;

  private LedgerFormat() {}

  static void write(Ledger ledger, DataOutput out) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    writeBody(ledger, new DataOutputStream(buffer));
    byte[] body = buffer.toByteArray();
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(body.length);
    out.writeInt(checksum(body));
    out.write(body);
  }

  static Ledger read(DataInput in, int campaign, ZoneId zone) throws IOException {
    expect(in.readInt() == MAGIC && in.readInt() == VERSION, "not a ledger of this version");
    int length = in.readInt();
    int checksum = in.readInt();
    byte[] body = bytes(in, length);
    expect(checksum(body) == checksum, "a damaged ledger");
    return readBody(new DataInputStream(new ByteArrayInputStream(body)), campaign, zone);
  }

  private static int checksum(byte[] body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body);
    return (int) checksum.getValue();
  }

  /** Reads by pieces, so that a damaged length runs into the end and not out of memory. */
  private static byte[] bytes(DataInput in, int length) throws IOException {
    expect(length >= 0, "a damaged ledger");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[Math.min(length, PIECE)];
    for (int left = length; left > 0; left -= piece.length) {
      int size = Math.min(left, piece.length);
      in.readFully(piece, 0, size);
      bytes.write(piece, 0, size);
    }
    return bytes.toByteArray();
  }

  private static void writeBody(Ledger ledger, DataOutput out) throws IOException {
    out.writeInt(ledger.campaign());
    out.writeUTF(ledger.zone().getId());
    writePlan(ledger.plan, out);
    writeMarks(ledger.marks, out);
    out.writeInt(ledger.clicks.size());
    for (Map.Entry<String, EventRows> link : ledger.clicks.entrySet()) {
      out.writeUTF(link.getKey());
      link.getValue().writeTo(out);
    }
    ledger.botClicks.writeTo(out);
    ledger.replies.writeTo(out);
    ledger.goals.writeTo(out);
    writeTexts(ledger.dispatchTexts, out);
    writeTexts(ledger.deliveryTexts, out);
    writeLastCallback(ledger.lastCallbackAt(), out);
  }

  private static Ledger readBody(DataInput in, int campaign, ZoneId zone) throws IOException {
    expect(in.readInt() == campaign, "a ledger of another campaign");
    expect(in.readUTF().equals(zone.getId()), "a ledger of another zone");
    Ledger ledger = new Ledger(campaign, zone);
    readPlan(in, ledger.plan);
    readMarks(in, ledger.marks);
    int links = in.readInt();
    for (int i = 0; i < links; i++) {
      ledger.clicks(in.readUTF()).readFrom(in);
    }
    ledger.botClicks.readFrom(in);
    ledger.replies.readFrom(in);
    ledger.goals.readFrom(in);
    readTexts(in, ledger.dispatchTexts);
    readTexts(in, ledger.deliveryTexts);
    if (in.readBoolean()) {
      ledger.calledBack(Instant.ofEpochSecond(in.readLong(), in.readInt()));
    }
    return ledger;
  }

  private static void writeLastCallback(@Nullable Instant at, DataOutput out) throws IOException {
    out.writeBoolean(at != null);
    if (at != null) {
      out.writeLong(at.getEpochSecond());
      out.writeInt(at.getNano());
    }
  }

  private static void writePlan(Plan plan, DataOutput out) throws IOException {
    out.writeInt(plan.runs.size());
    for (Map.Entry<Integer, RoaringBitmap> run : plan.runs.entrySet()) {
      out.writeInt(run.getKey());
      out.writeInt(plan.runDays.getOrDefault(run.getKey(), 0));
      writeSet(run.getValue(), out);
    }
    writeSet(plan.control, out);
    out.writeInt(plan.attributes.size());
    for (PlannedAttribute attribute : plan.attributes.keySet()) {
      out.writeUTF(attribute.key());
      writeSets(plan.values(attribute), out);
    }
    writeSets(plan.suppressed, out);
    out.writeInt(plan.recipients.base());
    out.writeInt(plan.recipients.firsts().length);
    for (int first : plan.recipients.firsts()) {
      out.writeInt(first);
    }
  }

  private static void readPlan(DataInput in, Plan plan) throws IOException {
    int runs = in.readInt();
    for (int i = 0; i < runs; i++) {
      int run = in.readInt();
      plan.runDays.put(run, in.readInt());
      plan.runs.put(run, readSet(in));
    }
    plan.control.or(readSet(in));
    int attributes = in.readInt();
    for (int i = 0; i < attributes; i++) {
      readSets(in, plan.values(attribute(in.readUTF())));
    }
    readSets(in, plan.suppressed);
    int base = in.readInt();
    int[] firsts = new int[in.readInt()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = in.readInt();
    }
    plan.recipients = Recipients.of(base, firsts);
  }

  private static PlannedAttribute attribute(String key) throws IOException {
    for (PlannedAttribute attribute : PlannedAttribute.values()) {
      if (attribute.key().equals(key)) {
        return attribute;
      }
    }
    throw new IOException("no planned attribute " + key);
  }

  private static void writeMarks(FactSets marks, DataOutput out) throws IOException {
    List<FactSets.Mark> all = marks.all();
    out.writeInt(all.size());
    for (FactSets.Mark mark : all) {
      out.writeByte(mark.kind().code());
      out.writeUTF(mark.detail());
      out.writeInt(mark.day());
      writeSet(mark.seqs(), out);
    }
  }

  private static void readMarks(DataInput in, FactSets marks) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      marks.add(
          new FactSets.Mark(
              FactKind.ofCode(in.readUnsignedByte()), in.readUTF(), in.readInt(), readSet(in)));
    }
  }

  private static void writeTexts(NavigableMap<String, String> texts, DataOutput out)
      throws IOException {
    out.writeInt(texts.size());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeUTF(text.getKey());
      out.writeUTF(text.getValue());
    }
  }

  private static void readTexts(DataInput in, NavigableMap<String, String> texts)
      throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      texts.put(in.readUTF(), in.readUTF());
    }
  }

  private static void writeSets(NavigableMap<String, RoaringBitmap> sets, DataOutput out)
      throws IOException {
    out.writeInt(sets.size());
    for (Map.Entry<String, RoaringBitmap> set : sets.entrySet()) {
      out.writeUTF(set.getKey());
      writeSet(set.getValue(), out);
    }
  }

  private static void readSets(DataInput in, NavigableMap<String, RoaringBitmap> sets)
      throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      sets.put(in.readUTF(), readSet(in));
    }
  }

  /** In the smallest form; the ledger's own set stays as it is. */
  private static void writeSet(RoaringBitmap set, DataOutput out) throws IOException {
    RoaringBitmap smallest = set.clone();
    smallest.runOptimize();
    byte[] bytes = new byte[smallest.serializedSizeInBytes()];
    smallest.serialize(ByteBuffer.wrap(bytes));
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static RoaringBitmap readSet(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    RoaringBitmap set = new RoaringBitmap();
    set.deserialize(ByteBuffer.wrap(bytes));
    return set;
  }

  private static void expect(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
