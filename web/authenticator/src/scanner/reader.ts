/** The part of the Shape Detection API that is used; a browser's own where it has one. */
interface Detector {
  detect(image: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Wide enough for a code that fills a third of the picture, small enough for a slow phone. */
const widest = 720;

let native: Promise<Detector | null> | undefined;

/** Reads the text of a QR code in a picture, or null. */
export async function readPicture(source: HTMLVideoElement | ImageBitmap): Promise<string | null> {
  native ??= findNative();
  const own = await native;
  const canvas = draw(source);
  if (!canvas) return null;
  try {
    return (await (own ?? (await carried())).detect(canvas))[0]?.rawValue ?? null;
  } catch {
    // Some Androids promise a detector and then have none.
    if (own) native = Promise.resolve(null);
    return null;
  }
}

async function findNative(): Promise<Detector | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!found) return null;
  const formats = await found.getSupportedFormats().catch((): readonly string[] => []);
  return formats.includes('qr_code') ? new found({ formats: ['qr_code'] }) : null;
}

// Only a browser without one of its own pays for it.
async function carried(): Promise<Detector> {
  const { BarcodeDetector } = await import('qr/decode.js');
  return new BarcodeDetector({ formats: ['qr_code'] });
}

function draw(source: HTMLVideoElement | ImageBitmap): HTMLCanvasElement | null {
  const [width, height] = source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  if (!width || !height) return null;
  const scale = Math.min(1, widest / Math.min(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
