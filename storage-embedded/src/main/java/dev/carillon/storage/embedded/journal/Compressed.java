package dev.carillon.storage.embedded.journal;

import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;

/** Bytes as LZ4, after their plain length. */
public final class Compressed {
  private Compressed() {}

  public static byte[] of(byte[] plain) {
    Lz4JavaCompressor compressor = new Lz4JavaCompressor();
    byte[] compressed = new byte[compressor.maxCompressedLength(plain.length)];
    int length = compressor.compress(plain, 0, plain.length, compressed, 0, compressed.length);
    BinaryWriter sink = new BinaryWriter();
    sink.number(plain.length);
    sink.blob(compressed, length);
    return sink.toBytes();
  }

  static int plainLength(byte[] bytes) {
    return new BinaryReader(bytes).integer();
  }

  public static byte[] plain(byte[] bytes) {
    BinaryReader source = new BinaryReader(bytes);
    byte[] plain = new byte[source.integer()];
    byte[] compressed = source.blob();
    new Lz4JavaDecompressor().decompress(compressed, 0, compressed.length, plain, 0, plain.length);
    return plain;
  }
}
