package com.astrobookings.logs.web.body;

import java.util.List;
import java.util.zip.CRC32;

/** Passes over the header of one gzip member (RFC 1952, section 2.3), byte by byte. */
final class GzipHeader {

  private static final List<Integer> MAGIC = List.of(0x1F, 0x8B, 8);
  private static final int FIXED = 10;
  private static final int CHECKSUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;

  private final CRC32 crc = new CRC32();
  private int bytes;
  private int flags;
  private int pending;
  private int value;
  private int extra;

  /** Whether a byte has been taken. */
  boolean begun() {
    return bytes > 0;
  }

  /** Takes one byte; true when it was the last. */
  boolean complete(byte next) {
    int octet = next & 0xFF;
    int checksum = (int) crc.getValue() & 0xFFFF;
    crc.update(octet);
    bytes++;
    if (bytes <= FIXED) {
      takeFixed(octet);
    } else {
      takeOptional(octet, checksum);
    }
    return bytes >= FIXED && flags == 0;
  }

  private void takeFixed(int octet) {
    if (bytes <= MAGIC.size() && octet != MAGIC.get(bytes - 1)) {
      throw Gunzip.broken("bytes that are not gzip stand where a member should begin");
    }
    if (bytes == MAGIC.size() + 1) {
      flags = octet & ~1;
      if ((flags & RESERVED) != 0) {
        throw Gunzip.broken("its header has unknown flags");
      }
    }
  }

  /** The optional parts, in the order of the standard; a flag falls when its part has ended. */
  private void takeOptional(int octet, int checksum) {
    if ((flags & EXTRA) != 0) {
      takeExtra(octet);
    } else if ((flags & NAME) != 0) {
      endAtZero(octet, NAME);
    } else if ((flags & COMMENT) != 0) {
      endAtZero(octet, COMMENT);
    } else {
      takeChecksum(octet, checksum);
    }
  }

  private void takeExtra(int octet) {
    if (pending < 2) {
      extra |= octet << (8 * pending++);
    } else {
      extra--;
    }
    if (pending == 2 && extra == 0) {
      flags &= ~EXTRA;
      pending = 0;
    }
  }

  private void endAtZero(int octet, int flag) {
    if (octet == 0) {
      flags &= ~flag;
    }
  }

  private void takeChecksum(int octet, int checksum) {
    if (pending == 0) {
      value = octet ^ checksum;
      pending = 1;
    } else if ((value ^ (octet << 8)) != 0) {
      throw Gunzip.broken("the checksum of its header does not fit");
    } else {
      flags &= ~CHECKSUM;
    }
  }
}
