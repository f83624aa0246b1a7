/** A QR code as a PNG file: one bit a pixel. */
import { crc32, deflateSync } from 'node:zlib'
import encodeQR from 'qr'

/** Pixels a module, and modules of quiet around the code, which scanners ask for. */
const scale = 6
const border = 4

export function qrPng(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border, scale })
  const width = modules[0]!.length
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(modules.length, 4)
  // One bit a sample, greyscale; compression, filter and interlace have one or their first value.
  header[8] = 1
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(modules.map((row) => line(row, width))))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A filter byte of none, then eight pixels a byte; a set bit is white, and so is what the QR code leaves clear. */
function line(dark: readonly boolean[], width: number): Buffer {
  const bytes = Buffer.alloc(1 + Math.ceil(width / 8))
  dark.forEach((isDark, at) => {
    if (!isDark) bytes[1 + (at >> 3)]! |= 0x80 >> (at & 7)
  })
  return bytes
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
