using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using OnBehalf.Kernel;

namespace OnBehalf.Tests.Languages;

/// <summary>A phrase as it stands in the program: its English, and the method that says it.</summary>
public sealed record SpokenPhrase(string Key, string Type, string Method);

/// <summary>
/// Every phrase that the program can say, read from what the compiler made of it: a literal that becomes a <see cref="Phrase"/>, or the pieces of an
/// interpolated one. So no phrase is overlooked, wherever it stands, and none that is made of what is known only when it runs.
/// </summary>
internal static class SpokenPhrases
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>All phrases of an assembly, and the methods in which something that is no literal becomes one or a phrase is said once and kept.</summary>
    public static (IReadOnlyList<SpokenPhrase> Phrases, IReadOnlyList<string> Faults) Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var phrases = new List<SpokenPhrase>();
        var faults = new List<string>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0)
            {
                var type = TypeName(metadata, method.GetDeclaringType());
                new Reading(metadata, type, metadata.GetString(method.Name), phrases, faults).Read(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
            }
        }

        return (phrases, faults);
    }

    // The outermost type: what a lambda or an asynchronous method became belongs to where it was written.
    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return metadata.GetString(type.Namespace) is { Length: > 0 } space ? $"{space}.{metadata.GetString(type.Name)}" : metadata.GetString(type.Name);
    }

    private sealed class Reading(MetadataReader metadata, string type, string method, List<SpokenPhrase> phrases, List<string> faults)
    {
        private readonly Stack<Interpolated> _open = [];

        public void Read(byte[] il)
        {
            var steps = Steps(il);
            for (var i = 0; i < steps.Count; i++)
            {
                if (steps[i].Token is { } token && steps[i].Code.FlowControl == FlowControl.Call)
                {
                    Call(steps, i, Name(token));
                }
            }
        }

        private void Call(List<Step> steps, int i, string? name)
        {
            switch (name)
            {
                case "Phrase.op_Implicit" when ReturnsPhrase(steps[i].Token!.Value):
                    Literals(steps, i);
                    break;
                case "Phrase..ctor" when i >= 2 && Number(steps[i - 1]) is { } values && Number(steps[i - 2]) is { } length:
                    _open.Push(new Interpolated(length, values));
                    break;
                case "Phrase.AppendLiteral" when _open.TryPeek(out var open) && steps[i - 1].Words is { } words:
                    open.Add(words);
                    Close();
                    break;
                case "Phrase.AppendFormatted" when _open.TryPeek(out var one):
                    one.AddValue();
                    Close();
                    break;
                case "Speech.Say":
                    if (method == ".cctor")
                    {
                        faults.Add($"{type}: said once and kept; make it a Phrase");
                    }

                    if (TakesWords(steps[i].Token!.Value))
                    {
                        Literals(steps, i);
                    }

                    break;
            }
        }

        private void Close()
        {
            if (_open.Peek().IsWhole)
            {
                phrases.Add(new SpokenPhrase(_open.Pop().Key, type, method));
            }
        }

        // One literal, or those of a choice whose branches meet here.
        private void Literals(List<Step> steps, int at)
        {
            var found = 0;
            if (steps[at - 1].Words is { } words)
            {
                phrases.Add(new SpokenPhrase(words, type, method));
                found++;
            }

            for (var i = 1; i < at; i++)
            {
                if (steps[i].Target == steps[at].Offset)
                {
                    if (steps[i - 1].Words is { } other)
                    {
                        phrases.Add(new SpokenPhrase(other, type, method));
                        found++;
                    }
                    else
                    {
                        faults.Add($"{type}.{method}: a choice of which not every branch is a literal becomes a phrase");
                    }
                }
            }

            if (found == 0)
            {
                faults.Add($"{type}.{method}: something that is no literal becomes a phrase");
            }
        }

        private string? Name(int token)
        {
            var handle = (EntityHandle)MetadataTokens.Handle(token);
            if (handle.Kind == HandleKind.MethodSpecification)
            {
                handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
            }

            if (handle.Kind == HandleKind.MethodDefinition)
            {
                var definition = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{metadata.GetString(metadata.GetTypeDefinition(definition.GetDeclaringType()).Name)}.{metadata.GetString(definition.Name)}";
            }

            return handle.Kind == HandleKind.MemberReference && metadata.GetMemberReference((MemberReferenceHandle)handle) is var member && member.Parent.Kind == HandleKind.TypeReference
                ? $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{metadata.GetString(member.Name)}"
                : null;
        }

        // From words to a phrase, not back: the type that it gives is no string (ELEMENT_TYPE_STRING is 0x0e).
        private bool ReturnsPhrase(int token)
        {
            var signature = Signature(token);
            signature.ReadByte();
            signature.ReadCompressedInteger();
            return signature.ReadByte() != 0x0e;
        }

        // `Say(string)`, which is not `Say(Phrase)`.
        private bool TakesWords(int token)
        {
            var signature = Signature(token);
            signature.ReadByte();
            signature.ReadCompressedInteger();
            signature.ReadByte();
            return signature.ReadByte() == 0x0e;
        }

        private BlobReader Signature(int token)
        {
            var handle = (EntityHandle)MetadataTokens.Handle(token);
            return metadata.GetBlobReader(handle.Kind == HandleKind.MethodDefinition
                ? metadata.GetMethodDefinition((MethodDefinitionHandle)handle).Signature : metadata.GetMemberReference((MemberReferenceHandle)handle).Signature);
        }

        private static int? Number(Step step) => step.Code.Name switch
        {
            "ldc.i4.m1" => -1,
            ['l', 'd', 'c', '.', 'i', '4', '.', var digit and >= '0' and <= '8'] => digit - '0',
            "ldc.i4.s" or "ldc.i4" => step.Argument,
            _ => null,
        };

        private List<Step> Steps(byte[] il)
        {
            var steps = new List<Step>();
            for (var at = 0; at < il.Length;)
            {
                var offset = at;
                int value = il[at++];
                if (value == 0xFE)
                {
                    value = 0xFE00 | il[at++];
                }

                var code = OpCodesByValue[value];
                var step = new Step(offset, code);
                var size = Size(code, il, at);
                step = code.OperandType switch
                {
                    OperandType.InlineString => step with { Words = metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(BitConverter.ToInt32(il, at))) },
                    OperandType.InlineMethod => step with { Token = BitConverter.ToInt32(il, at) },
                    OperandType.InlineBrTarget => step with { Target = at + 4 + BitConverter.ToInt32(il, at) },
                    OperandType.ShortInlineBrTarget => step with { Target = at + 1 + (sbyte)il[at] },
                    OperandType.ShortInlineI => step with { Argument = (sbyte)il[at] },
                    OperandType.InlineI => step with { Argument = BitConverter.ToInt32(il, at) },
                    _ => step,
                };
                steps.Add(step);
                at += size;
            }

            return steps;
        }

        private static int Size(OpCode code, byte[] il, int at) => code.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
            _ => 4,
        };
    }

    private sealed record Step(int Offset, OpCode Code)
    {
        public string? Words { get; init; }

        public int? Token { get; init; }

        public int? Target { get; init; }

        public int? Argument { get; init; }
    }

    private sealed class Interpolated(int length, int values)
    {
        private readonly System.Text.StringBuilder _key = new();
        private int _length;
        private int _values;

        public string Key => _key.ToString();

        public bool IsWhole => _length == length && _values == values;

        public void Add(string words)
        {
            _key.Append(words);
            _length += words.Length;
        }

        public void AddValue() => _key.Append('{').Append(_values++).Append('}');
    }
}
